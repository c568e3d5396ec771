from shapes import circle

def title(text):
    return text.title()

def where():
    return __name__, __package__, circle.PI
