"""What tries to break the program: hostile shapes, fuzzing, faults and mutations. Each module is a script, or data of one."""
