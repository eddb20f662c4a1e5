//! temp
use std::ops::Range; use std::sync::LazyLock; use regex::Regex;
static D: LazyLock<Regex>=LazyLock::new(||Regex::new(r"(?i)\b(\d{4}) ?-(\d{2}) ?-(\d{2})\b|(?:den )?\b(\d{1,2}) (januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december) (\d{4})").unwrap());
/// t
pub fn find_dates(t:&str)->Vec<(Range<usize>,String)>{ D.captures_iter(t).map(|c|{ let iso=if let Some(y)=c.get(1){format!("{}-{}-{}",y.as_str(),&c[2],&c[3])}else{ let m=["januari","februari","mars","april","maj","juni","juli","augusti","september","oktober","november","december"].iter().position(|m|*m==c[5].to_lowercase()).unwrap()+1; format!("{}-{:02}-{:02}",&c[6],m,c[4].parse::<u32>().unwrap())}; (c.get(0).unwrap().range(),iso)}).collect() }
/// t
pub fn date_at_start(t:&str)->Option<(String,usize)>{ find_dates(t).into_iter().next().filter(|(r,_)|r.start==0).map(|(r,d)|(d,r.end)) }
