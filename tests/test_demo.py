"""The demo: believable complaints in every state, told through the same actions as real ones, once."""

from backend import demo
from backend.accounts.tables import Account
from backend.complaints.tables import Complaint
from backend.jobs.tables import Job
from backend.operation_table import OperationRow
from workers.relay import relay


async def test_every_stage_of_the_way_is_there_and_loading_it_again_tells_nothing_twice(planted):
    accounts = await demo.load()
    assert {account.email for account in accounts} <= set(await Account.select(Account.email).output(as_list=True))
    states = set(await Complaint.select(Complaint.status).output(as_list=True))
    assert states >= {"received", "forwarded", "in_progress", "resolved", "closed"}
    before = await Complaint.count(), await OperationRow.count()
    await demo.load()
    assert (await Complaint.count(), await OperationRow.count()) == before
    while await relay():
        pass
    assert await Job.count() > 0
