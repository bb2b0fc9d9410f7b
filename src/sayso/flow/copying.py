"""What copies changed: the edits between two whole texts that a link says share passages."""

from collections.abc import Iterator

from sayso.core.ids import DocumentId
from sayso.core.views import Edit, Edits, LinkView, ReprintPage
from sayso.flow.sourcing import reprint
from sayso.ledger.pages import Pages
from sayso.linking.edits import edits_of


def edits(pages: Pages, view: LinkView) -> Edits:
    """Return what the left document of a link changed of the right one; raises NotFound."""
    copy, source = (pages.text(DocumentId(end.document.id)) for end in (view.left, view.right))
    found = edits_of(view.link, copy, source)
    return Edits(
        link=view.link.id,
        edits=tuple(Edit(kind=one.kind, copy=one.copy, source=one.source) for one in found),
    )


def reprint_page(pages: Pages, view: LinkView) -> ReprintPage:
    """Return both texts of a link with the edits between them; raises NotFound."""
    copy, source = (pages.text(DocumentId(end.document.id)) for end in (view.left, view.right))
    return ReprintPage(
        reprint=reprint(view, copy),
        copy_text=copy,
        source_text=source,
        edits=edits(pages, view).edits,
        judgement=view.link.judgement,
        judged=view.judged,
    )


def surest_edits(pages: Pages, views: Iterator[LinkView], most: int) -> tuple[Edits, ...]:
    """Return the edits of the surest copies that nobody rejected, at most `most`."""
    copies = [view for view in views if view.link.kind == "copies" and view.link.judgement != "rejected"]
    ranked = sorted(copies, key=lambda view: (view.link.judgement != "confirmed", -view.link.score))
    return tuple(edits(pages, view) for view in ranked[:most])
