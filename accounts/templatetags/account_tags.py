from django import template

from accounts import browsers

register = template.Library()

register.filter("browser_in_words", browsers.in_words)
