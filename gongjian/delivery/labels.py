"""Labels for the envelopes of a batch: a printing aid, without number or seal."""

from gongjian.delivery.models import PostBatch
from gongjian.delivery.queries.lists import envelopes_of
from gongjian.papers.actions import the_renderer
from gongjian.papers.forms.delivery import AddressLabel, AddressLabels


def labels(batch: PostBatch) -> bytes:
    """Sheets of labels as PDF, in the order of the list. Raises: GlyphMissing, PaperFieldMissing."""
    office = batch.office
    sheet = AddressLabels(
        sender=office.name,
        sender_address=office.address,
        sender_telephone=office.telephone,
        labels=tuple(
            AddressLabel(
                recipient=row.delivery.name,
                address=row.delivery.address,
                telephone=row.delivery.telephone or None,
                reference=f"邮{batch.paper.sequence}-{row.line}",
            )
            for row in envelopes_of(batch)
        ),
    )
    return the_renderer().render(sheet, at=batch.made_at)
