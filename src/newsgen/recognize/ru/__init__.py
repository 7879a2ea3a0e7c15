"""Named entity recognition for Russian news: people, places and organizations.

Built on slovnet's news model, navec's word vectors, razdel's tokens and pymorphy3's morphology. An
article passes through these modules, each of which knows only the ones before it:

1. ``tokenizer``      text -> lines of tokens, with offsets
2. ``tagger``         tokens -> BIO tags -> tagged spans (``ner_model`` holds the arrays)
3. ``span_cleaning``  tagged spans -> spans: edges trimmed, non-names rejected by ``span_filters``
4. ``gazetteer``, ``places``, ``institutions``: spans that the model missed or cut short
5. ``lemma_vote``     spans -> lemmas; candidates come from ``person_lemmas`` and ``phrases``,
                      which use ``morphology``, ``endings``, ``context``, ``word_frequency``
6. ``person_linking``, ``name_linking``: mentions of one entity brought together, with
                      ``short_forms``, ``abbreviations``, ``aliases``, ``orthography``

``resolution`` runs steps 4 to 6, and ``recognizer`` all of them. The word lists lie in ``data/``.
"""
