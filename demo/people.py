"""Invented names for the people of the demo."""

import random

FIRST_NAMES = """Adaeze Aisha Alan Alice Amara Amir Anika Anna Arjun Ayesha Bea Ben Blessing Callum Cara
Carlos Catrin Chidi Chloe Clare Dan Daniel Deborah Denise Dev Elena Elliot Emeka Emma Esme Eva Ewan
Farah Femi Finn Fiona Freya Gareth George Grace Gwen Hana Hannah Harriet Hassan Helen Ibrahim Imogen
Ines Iris Isaac Isla Ivan Jack Jamal Jas Jenna Joel Jonah Josie Kamal Karen Kate Keira Kezia Kofi
Laila Laura Leo Lena Liam Lola Lucy Luke Maeve Malik Marcus Maria Marta Martin Maya Megan Milo Mina
Mohan Naomi Nathan Nia Nikhil Nina Noor Olive Omar Orla Oscar Paul Petra Polly Priya Rachel Rafiq
Rebecca Reuben Rhys Robin Rosa Ruth Sadia Sam Sara Sean Shanice Simon Sita Sofia Stefan Suki Tamsin
Tariq Tess Theo Tom Toyin Una Vera Victor Wanda Wes Yasmin Yusuf Zara Zoe""".split()

LAST_NAMES = """Abbott Adeyemi Ahmed Akhtar Ali Allen Amsel Ashdown Baker Banerjee Barlow Beale Bennett
Bibi Birch Bishop Boateng Brook Burrell Carter Chaudhry Clarke Cole Cooper Cross Dale Das Deacon
Dhillon Dixon Doyle Drake Ede Ellery Evans Farrow Fern Field Flint Ford Foster Gale Gill Goddard
Greene Hale Hardwick Hargreave Harlow Hart Hassan Hill Holloway Hughes Idowu Iqbal Ives Jarvis Joshi
Kaur Keane Kelsey Khan Kowalska Lamb Lane Lark Lee Linden Lowe Mahmood Marsh Mason Mensah Mercer
Miller Moor Mwangi Nair Nash Neale Newbury Nolan Nowak Oakes Obi Okoro Osei Palmer Parr Patel Pike
Quinn Rahman Reeve Rivers Rowan Sandhu Shah Shaw Singh Slade Stone Sutton Thorne Tanner Usman Vale
Vaughan Wade Walsh Webb Weston Wilde Winter Yates Young""".split()


def invented_names(count, seed):
    """Return `count` different full names, the same ones for the same `seed`."""
    chance = random.Random(seed)
    names = {}
    while len(names) < count:
        names[f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"] = None
    return list(names)


def address(name):
    """Return the e-mail address of an invented person: nobody's, under example.org."""
    return f"{name.lower().replace(' ', '.')}@example.org"
