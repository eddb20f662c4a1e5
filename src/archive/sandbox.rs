//! The fence around a worker: what a broken or hostile file can make it do ends here.
//!
//! Limits that every Unix has come first, then Landlock (no files) and seccomp (no network, no new programs) where the
//! kernel offers them. What it does not offer is told, and the worker reads on without.

use rustix::process::{Resource, Rlimit, Signal, setrlimit};

/// What a worker may do.
#[derive(Clone, Debug)]
pub struct Fence {
    /// Most memory in bytes that it may fill.
    pub memory: u64,
    /// Whether it may run Tesseract, and read the system's folders for that.
    pub may_run_ocr: bool,
}

/// Folders that Tesseract and its libraries live in.
#[cfg(target_os = "linux")]
const SYSTEM: &[&str] = &[
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/opt",
    "/nix",
    "/etc/ld.so.cache",
    "/proc/self",
    "/sys/devices/system/cpu",
    "/dev/null",
    "/dev/urandom",
];

/// Tie this process's life to its parent's: whatever ends the parent, `kill -9` too, ends this.
pub fn die_with_parent(parent: u32) -> Result<(), String> {
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))
        .map_err(|error| format!("it may outlive the ingest: {error}"))?;
    // The parent may have died before that; the process that has taken over is another's.
    if std::os::unix::process::parent_id() != parent {
        std::process::exit(1);
    }
    Ok(())
}

/// Put the fence up, in a process that has one thread. What is missing is returned, a sentence each.
pub fn put_up(fence: &Fence, extra_folders: &[std::path::PathBuf]) -> Vec<String> {
    let mut missing = Vec::new();
    let mut limit = |resource, value: u64, what: &str| {
        if let Err(error) = setrlimit(resource, Rlimit { current: Some(value), maximum: Some(value) }) {
            missing.push(format!("{what} cannot be limited: {error}"));
        }
    };
    // Data counts what is filled or could be at once; address space would count what is only set aside.
    limit(Resource::Data, fence.memory, "memory");
    // Nothing is written but to pipes, not even a core.
    limit(Resource::Fsize, 0, "the size of written files");
    limit(Resource::Core, 0, "core files");
    limit(Resource::Nofile, 64, "the number of open files");
    missing.extend(kernel::no_files(fence, extra_folders).err());
    missing.extend(kernel::no_network(fence).err());
    missing
}

#[cfg(target_os = "linux")]
mod kernel {
    use std::path::PathBuf;

    use landlock::{
        ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, PathBeneath, PathFd, Ruleset, RulesetAttr,
        RulesetCreatedAttr, RulesetStatus, Scope,
    };
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, apply_filter};

    use super::{Fence, SYSTEM};

    pub(super) fn no_files(fence: &Fence, extra_folders: &[PathBuf]) -> Result<(), String> {
        let say = |error: &dyn std::fmt::Display| format!("Landlock is not in force: {error}");
        let abi = ABI::V6;
        let mut rules = Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(abi))
            .and_then(|r| r.handle_access(AccessNet::from_all(abi)))
            .and_then(|r| r.scope(Scope::from_all(abi)))
            .and_then(Ruleset::create)
            .map_err(|error| say(&error))?;
        if fence.may_run_ocr {
            let folders = SYSTEM.iter().map(PathBuf::from).chain(extra_folders.iter().cloned());
            for folder in folders {
                // What is not there needs no rule.
                let Ok(fd) = PathFd::new(&folder) else { continue };
                let access = if folder.is_dir() {
                    AccessFs::from_read(abi)
                } else {
                    AccessFs::from_file(abi) & AccessFs::from_read(abi)
                };
                let access =
                    if folder.starts_with("/dev/null") { access | AccessFs::WriteFile } else { access };
                rules = rules.add_rule(PathBeneath::new(fd, access)).map_err(|error| say(&error))?;
            }
        }
        let status = rules.restrict_self().map_err(|error| say(&error))?;
        match status.ruleset {
            RulesetStatus::NotEnforced => Err(say(&"the kernel does not offer it")),
            RulesetStatus::FullyEnforced | RulesetStatus::PartiallyEnforced => Ok(()),
        }
    }

    pub(super) fn no_network(fence: &Fence) -> Result<(), String> {
        let say = |error: &dyn std::fmt::Display| format!("seccomp is not in force: {error}");
        let mut denied = vec![
            libc::SYS_socket,
            libc::SYS_socketpair,
            libc::SYS_connect,
            libc::SYS_bind,
            libc::SYS_listen,
            libc::SYS_accept4,
            libc::SYS_sendto,
            libc::SYS_sendmsg,
            libc::SYS_sendmmsg,
            libc::SYS_ptrace,
            libc::SYS_process_vm_readv,
            libc::SYS_process_vm_writev,
            libc::SYS_io_uring_setup,
            libc::SYS_bpf,
            libc::SYS_mount,
            libc::SYS_unshare,
            libc::SYS_setns,
            libc::SYS_keyctl,
            libc::SYS_add_key,
            libc::SYS_request_key,
            libc::SYS_perf_event_open,
            libc::SYS_userfaultfd,
        ];
        if !fence.may_run_ocr {
            denied.extend([libc::SYS_execve, libc::SYS_execveat]);
        }
        let program: BpfProgram = SeccompFilter::new(
            denied.into_iter().map(|call| (call, Vec::new())).collect(),
            SeccompAction::Allow,
            SeccompAction::Errno(u32::try_from(libc::EPERM).unwrap_or(1)),
            std::env::consts::ARCH.try_into().map_err(|error| say(&error))?,
        )
        .and_then(TryInto::try_into)
        .map_err(|error| say(&error))?;
        apply_filter(&program).map_err(|error| say(&error))
    }
}

#[cfg(not(target_os = "linux"))]
mod kernel {
    use super::Fence;

    pub(super) fn no_files(_: &Fence, _: &[std::path::PathBuf]) -> Result<(), String> {
        Err("Landlock is not in force: only Linux offers it".to_owned())
    }

    pub(super) fn no_network(_: &Fence) -> Result<(), String> {
        Err("seccomp is not in force: only Linux offers it".to_owned())
    }
}
