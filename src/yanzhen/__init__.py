"""yanzhen (雁阵): the software with which a city serves its small enterprises."""
