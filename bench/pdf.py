"""Our way to a PDF against WeasyPrint called directly on the same HTML, alternating in one warm process."""

import statistics
import time

ROUNDS = 15


def ratio() -> tuple[float, float]:
    """Return the median CPU milliseconds of ours and of the bare call."""
    from kam.pdf.services import Sheet, _fetcher, _html, _styles, render_pdf  # noqa: PLC0415 -- the same HTML is the point

    context = {"rows": [(f"单位{n}", "长沙市", "问价格与交期", "2026-11-20") for n in range(40)]}
    arguments = {"language": "zh-hans", "title": "测量", "number": "B-1"}
    render_pdf("bench_sheet", context, **arguments)
    from weasyprint import CSS, HTML

    sheet = Sheet("bench_sheet", context, "测量", "B-1", "")
    html, styles = (
        _html(sheet, printed_on=None, check_url=""),
        _styles(sheet),
    )  # the same page, the same fonts
    ours, bare = [], []
    for _ in range(ROUNDS):
        started = time.process_time()
        render_pdf("bench_sheet", context, **arguments)
        ours.append((time.process_time() - started) * 1000)
        started = time.process_time()
        HTML(string=html, url_fetcher=_fetcher()).write_pdf(stylesheets=[CSS(string=text) for text in styles])
        bare.append((time.process_time() - started) * 1000)
    return statistics.median(ours), statistics.median(bare)
