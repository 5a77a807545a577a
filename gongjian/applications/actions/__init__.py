"""All writing that applications of every procedure have alike: drafts, handing in, the one notice, withdrawal. What differs is handed in."""
