"""All reading of the day, a file for each thought."""

from gongjian.reception.queries.day import Day, day_of
from gongjian.reception.queries.kiosks import kiosk_of
from gongjian.reception.queries.mine import Mine, mine_of
from gongjian.reception.queries.screens import Call, calls_of
from gongjian.reception.queries.today import sittings_of_today

__all__ = ["Call", "Day", "Mine", "calls_of", "day_of", "kiosk_of", "mine_of", "sittings_of_today"]
