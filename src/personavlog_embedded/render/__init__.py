"""The shared painters and the engines of rooms and open places: sky, plants, water, buildings, furniture, light."""
