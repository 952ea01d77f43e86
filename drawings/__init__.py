"""The drawings of the courses: scenes composed from own parts, so that all have one hand.

``python -m drawings`` writes every scene in each language into the media of its module. A scene is a function of
``drawings.scenes`` with the words of its language; people, furniture and buildings are functions of ``drawings.parts``.
"""
