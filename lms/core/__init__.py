"""What any site needs: settings, database, jobs, mail, who may come."""
