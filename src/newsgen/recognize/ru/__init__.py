"""Russian: slovnet's news model, navec's word vectors, razdel's words, pymorphy3's morphology.

An article goes ``text`` -> ``tagger`` -> ``spans`` (``sieve``) -> ``overlooked``, ``places``,
``institutions`` -> ``vote`` (``context``, ``persons``, ``phrases``, ``endings``, ``evidence``) ->
``people``, ``groups`` (``short_forms``, ``aliases``, ``abbreviations``, ``spelling``); ``resolve``
knows the order of the later steps and ``recognizer`` of all.
"""
