"""Files of the model that recognizes names in Russian texts.

Word vectors: navec_news_v1_1B_250K_300d_100q.tar, 250,000 words. Network: slovnet_ner_news_v1.tar.
Both are those of the package natasha.
"""
