"""Reading: from a folder of files to articles, leniently taken apart, then strictly judged.

It knows files, encodings and syntaxes; it does not know what an archive does with its articles.
"""
