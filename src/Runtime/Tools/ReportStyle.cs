namespace SpecKitty.Tools;

/// <summary>How the report looks: light and dark, wide, narrow and on paper. Waiting is drawn thin and work thick, so that colour is not all that tells them apart.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--bg:#fbfbfd;--card:#fff;--ink:#1d2330;--dim:#5b6475;--line:#e2e5ec;--accent:#2f6fd0;
        --planned:#b4bcc9;--claimed:#9d86d6;--in_progress:#2f78d8;--for_review:#dda21f;--in_review:#cf6f16;--approved:#58ac72;--done:#25824b;--blocked:#c93a50;--canceled:#7d838f}
        @media(prefers-color-scheme:dark){:root{--bg:#12151c;--card:#1a1e28;--ink:#e8ebf2;--dim:#9aa4b5;--line:#2c3240;--accent:#7fb0ff;
        --planned:#5d6678;--claimed:#a992e6;--in_progress:#5b9cf5;--for_review:#e9b949;--in_review:#ec9343;--approved:#6cc489;--done:#42ab6b;--blocked:#ee6c7f;--canceled:#868d9b}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
        header,main{max-width:1360px;margin:0 auto;padding:0 24px}
        header{padding-top:36px}
        h1{font-size:28px;line-height:1.2;margin:0;overflow-wrap:anywhere}
        h2{font-size:18px;margin:0 0 4px}
        .sub{color:var(--dim);margin:6px 0 20px;overflow-wrap:anywhere}
        .hint{color:var(--dim);margin:0 0 14px;font-size:13.5px}
        section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:20px 22px;margin:0 0 20px}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(140px,1fr));gap:12px;margin:0 0 20px}
        .figures div{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:12px 16px}
        .figures dt{color:var(--dim);font-size:13px}
        .figures dd{margin:2px 0 0;font-size:21px;font-weight:600;font-variant-numeric:tabular-nums}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%}
        th,td{text-align:left;padding:5px 10px 5px 0;vertical-align:middle}
        thead th,thead td{color:var(--dim);font-weight:500;font-size:13px;border-bottom:1px solid var(--line);vertical-align:bottom}
        tbody tr+tr>*{border-top:1px solid var(--line)}
        .data{font-size:13.5px}.data th,.data td{white-space:nowrap}
        .data .wrap{white-space:normal;min-width:110px;overflow-wrap:anywhere}.data .title{min-width:150px}.data .needs{min-width:70px}
        .n{text-align:right;font-variant-numeric:tabular-nums}
        .data th.n,.data td.n{padding-right:11px}
        .wp{font-weight:600;font-variant-numeric:tabular-nums}
        .t{color:var(--dim);font-weight:400;font-size:13.5px}
        .timeline{table-layout:fixed}
        .timeline tbody th{font-weight:400;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
        .timeline tbody tr+tr>*{border-top:0}
        .timeline tbody td,.timeline tbody th{padding-top:2px;padding-bottom:2px}
        .timeline .name{width:23%}.timeline .now{width:112px}
        .bar svg{display:block;width:100%;height:20px}
        .axis{position:relative;height:20px}
        .axis span{position:absolute;bottom:0;transform:translateX(-50%);white-space:nowrap;font-size:12px}
        .axis span.first{transform:none}.axis span.last{transform:translateX(-100%)}
        .grid{stroke:var(--line);stroke-width:1;vector-effect:non-scaling-stroke}
        .chip{display:inline-flex;align-items:center;gap:6px;white-space:nowrap;font-size:13px}
        .chip::before{content:"";width:10px;height:10px;border-radius:3px;background:var(--c)}
        .legend{display:flex;flex-wrap:wrap;gap:4px 16px;margin:0 0 12px;padding:0;list-style:none}
        .planned{--c:var(--planned)}.claimed{--c:var(--claimed)}.in_progress{--c:var(--in_progress)}.for_review{--c:var(--for_review)}.in_review{--c:var(--in_review)}
        .approved{--c:var(--approved)}.done{--c:var(--done)}.blocked{--c:var(--blocked)}.canceled{--c:var(--canceled)}
        rect{fill:var(--c)}
        .graph{display:block}
        .graph text{fill:var(--ink);font-size:13px}.graph .small{color:var(--dim);font-size:11.5px;line-height:18px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
        .graph .box{fill:var(--card);stroke:var(--line);stroke-width:1.5}
        .graph path{fill:none;stroke:var(--dim);stroke-width:1.4;opacity:.55}.graph path.open{stroke-dasharray:5 4;opacity:.9}.graph path.back{stroke:var(--blocked);opacity:1}
        .alone{display:flex;flex-wrap:wrap;gap:6px 16px;margin:12px 0 0;padding:0;list-style:none}
        details summary{cursor:pointer;color:var(--accent)}
        .warn{border-left:4px solid var(--for_review);padding-left:12px;margin:0 0 8px;overflow-wrap:anywhere}
        footer{color:var(--dim);font-size:13px;max-width:1360px;margin:0 auto;padding:0 24px 36px}
        @media(max-width:720px){header,main,footer{padding-left:12px;padding-right:12px}section{padding:16px 14px}.timeline .name{width:62px}.timeline .t,.timeline .now{display:none}
        .axis span:not(:first-child):not(:last-child){display:none}.axis span:first-child{transform:none}.axis span:last-child:not(:first-child){transform:translateX(-100%)}}
        @media print{:root{--bg:#fff;--card:#fff;--ink:#000;--dim:#444;--line:#ccc}body{font-size:11px}.data{font-size:8.5px}.data .chip,.hint,.t{font-size:inherit}header,main,footer{max-width:none;padding:0}
        section{break-inside:auto;border:0;padding:0}tr,.figures div{break-inside:avoid}h2{break-after:avoid}.scroll{overflow:visible}details:not([open]){display:none}
        *{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
        """;
}
