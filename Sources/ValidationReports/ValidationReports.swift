// ValidationReports
