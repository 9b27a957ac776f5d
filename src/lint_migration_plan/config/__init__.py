"""Find, read and check the configuration; what may stand in it is declared once, in ``keys``."""
