"""What assistants may do with a folder of course sources, as tools of the Model Context Protocol.

``inside`` keeps everything in the one folder, ``changes`` checks each write and takes it back, ``tools`` are the tools,
``playing`` is the browser of some of them, ``server`` alone knows the protocol.
"""
