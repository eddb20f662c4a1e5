use skrivelse::glyphs::PdfFile; use skrivelse::layout::PageWords; use skrivelse::settings::Settings;
fn main(){ let f=std::env::args().nth(1).unwrap(); let v=std::env::args().nth(2).is_some(); let s=Settings::default(); let t=std::time::Instant::now();
 let pdf=match PdfFile::open(std::sync::Arc::new(std::fs::read(&f).unwrap())) {Ok(p)=>p,Err(e)=>{println!("{f}: {e}");return}};
 let pages=pdf.map_pages(&s,|p|{let st=(p.glyphs.len(),p.rulings.len(),p.fills.len(),p.images.len(),p.curves, p.glyphs.iter().filter(|g|g.font==0).count(),p.glyphs.iter().filter(|g|g.ch=='\u{FFFD}').count());(st,PageWords::gather(p))});
 let tree=pdf.structure_tree(&s); let bm=pdf.bookmarks(&s);
 println!("{f}: {} pages {:?} tree {} bookmarks {} meta {:?}",pages.len(),t.elapsed(),tree.elements.len(),bm.len(),pdf.metadata());
 if v {for (st,p) in &pages { println!("--- page {} {}x{} {:?}",p.number,p.width,p.height,st); let mut y=-1.0; for w in &p.words { if (w.baseline-y).abs()>3.0 {println!(); y=w.baseline;} print!("{}{} ",w.text,if w.bold{"*"}else{""}); } println!(); println!("aside {:?}", p.aside.iter().map(|w|w.text.clone()).collect::<Vec<_>>()); if p.number>=2 {break} } } 
}
