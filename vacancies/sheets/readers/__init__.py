"""Each reader fills some fields of an advert from the cells of its row."""
