"""Cuts the Noto Sans SC TrueType font down to what Chinese documents of the platform use.

Keeps GB 2312, the extra characters of names in EXTRA, Latin, punctuation and forms; drops
layout and hinting tables that the PDF writer never reads. Glyphs are renumbered in the
order of their code points. Usage: python3 subset.py in.ttf out.ttf
"""
import struct, sys

EXTRA = (
    "玥堃喆昇婳嫒叡翀昉旻玘玟琲玚瑄璟甯祎禛芃蓁赟锴镕頔颋飏骎龑垚犇曌炘烜珺瑀璠瑢祾禤竑翯苡莀韫頫鹍彧惇愃昳晞晔暟朢杺樑樾"
    "沄沚洺淏渃湉溍澔煐燊囍淼焱喆昶珮珣琎琇瑨瑭璘璐瓅甦畯皊睿矞祐祤禔稹笙筱粼纮绂缊罡翊聿脩舢苪茜荃荇莛菀葭蒨蓓薇藁蘅虓虔衎裎襄觐訚詠諲谌贇趵跶轲辂逄逖郄鄄酉釔釗鈺"
    "钊钏钘钜铖铠锃锜锳镒镛镠闓阇陞隺雎雯霁霈霖靔靳韡颉颙颸飒馀骁骅骉骐骙髙魋鲲鸷麴黟龢㐂㙦䶮"
    "浬浵渼滘漖濂濉瀍瀔瀼灃灄灏炅炆炜炟炻烔烺焓焘煌煚熇熳燚爔牁犍猇猗猷獬玎玑玠玢玭珅珂珈珉珒珙珞珥珩珽琊琍琏琚琤琬琮琯琰琳琴琼瑁瑆瑗瑙瑜瑞瑟瑧瑱瑶瑾璀璁璇璋璎璞璨璩璬"
    "塱垟垵埇塝墈壋屃岽峂峃崀嵊嵖嵚嶂嶷巉巘埗埭堽塸湴湨滍漷澴潖浉洣洑涢淦渌湄湓溆溇溠溧溱滁漉潆潋潕潞潢澧濞"
    "〇○●◎□■△▲▽▼◇◆☆★※→←↑↓↔⇒√×÷±≤≥≠≈∞∑∏①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㎡㎥㏄℃‰€£¥§©®™°…—–‘’“”·‧"
)

data = open(sys.argv[1], "rb").read()
tables = {}
for i in range(struct.unpack(">H", data[4:6])[0]):
    tag, _, off, length = struct.unpack(">4sIII", data[12 + 16 * i : 28 + 16 * i])
    tables[tag.decode()] = data[off : off + length]

def read_cmap(t):
    best = None
    for i in range(struct.unpack(">H", t[2:4])[0]):
        p, e, off = struct.unpack(">HHI", t[4 + 8 * i : 12 + 8 * i])
        fmt = struct.unpack(">H", t[off : off + 2])[0]
        if fmt == 12:
            n = struct.unpack(">I", t[off + 12 : off + 16])[0]
            m = {}
            for k in range(n):
                s, e2, g = struct.unpack(">III", t[off + 16 + 12 * k : off + 28 + 12 * k])
                for c in range(s, e2 + 1):
                    m[c] = g + c - s
            best = m
    return best

cmap = read_cmap(tables["cmap"])
wanted = set(range(0x20, 0x7F)) | set(range(0xA0, 0x180)) | set(range(0x2010, 0x2040)) | set(range(0x3000, 0x3030)) | set(range(0xFF00, 0xFF66)) | set(range(0x370, 0x400)) | set(range(0x2500, 0x2580))
wanted |= {ord(c) for c in EXTRA}
for hi in range(0xA1, 0xF8):
    for lo in range(0xA1, 0xFF):
        try:
            wanted.add(ord(bytes([hi, lo]).decode("gb2312")))
        except UnicodeDecodeError:
            pass
codes = sorted(c for c in wanted if c in cmap and c < 0x10000)

long_loca = struct.unpack(">h", tables["head"][50:52])[0]
num = struct.unpack(">H", tables["maxp"][4:6])[0]
loca = struct.unpack(">%dI" % (num + 1), tables["loca"]) if long_loca else [2 * x for x in struct.unpack(">%dH" % (num + 1), tables["loca"])]
glyf = tables["glyf"]

def components(g):
    """Yields (offset of the glyph index, index) of a composite glyph."""
    at, end = loca[g], loca[g + 1]
    if end == at or struct.unpack(">h", glyf[at : at + 2])[0] >= 0:
        return
    p = 10
    while True:
        flags, index = struct.unpack(">HH", glyf[at + p : at + p + 4])
        yield p + 2, index
        p += 4 + (4 if flags & 1 else 2) + (2 if flags & 8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0)
        if not flags & 0x20:
            return

order, place = [0], {0: 0}
def keep(g):
    if g not in place:
        place[g] = len(order)
        order.append(g)
for c in codes:
    keep(cmap[c])
i = 0
while i < len(order):
    for _, part in components(order[i]):
        keep(part)
    i += 1

hm = struct.unpack(">H", tables["hhea"][34:36])[0]
def metric(g):
    if g < hm:
        return tables["hmtx"][4 * g : 4 * g + 4]
    return tables["hmtx"][4 * (hm - 1) : 4 * (hm - 1) + 2] + tables["hmtx"][4 * hm + 2 * (g - hm) : 4 * hm + 2 * (g - hm) + 2]

out_glyf, out_loca, out_hmtx = bytearray(), [], bytearray()
for g in order:
    out_loca.append(len(out_glyf))
    piece = bytearray(glyf[loca[g] : loca[g + 1]])
    for off, part in components(g):
        piece[off : off + 2] = struct.pack(">H", place[part])
    out_glyf += piece + b"\0" * (-len(piece) % 4)
    out_hmtx += metric(g)
out_loca.append(len(out_glyf))

def format4(pairs):
    runs = []
    for c, g in pairs:
        if runs and c == runs[-1][1] + 1 and g - c == runs[-1][2]:
            runs[-1][1] = c
        else:
            runs.append([c, c, g - c])
    runs.append([0xFFFF, 0xFFFF, 1])
    n = len(runs)
    s = 1 << (n.bit_length() - 1)
    body = struct.pack(">HHHH", 2 * n, 2 * s, s.bit_length() - 1, 2 * n - 2 * s)
    body += b"".join(struct.pack(">H", r[1]) for r in runs) + b"\0\0" + b"".join(struct.pack(">H", r[0]) for r in runs)
    body += b"".join(struct.pack(">H", r[2] & 0xFFFF) for r in runs) + b"\0\0" * n
    return struct.pack(">HHH", 4, len(body) + 6, 0) + body

sub = format4([(c, place[cmap[c]]) for c in codes])
assert len(sub) < 65536
out = {
    "cmap": struct.pack(">HHHHI", 0, 1, 3, 1, 12) + sub, "glyf": bytes(out_glyf), "hmtx": bytes(out_hmtx),
    "loca": struct.pack(">%dI" % len(out_loca), *out_loca), "name": tables["name"], "OS/2": tables["OS/2"],
    "head": tables["head"][:50] + struct.pack(">h", 1) + tables["head"][52:], "hhea": tables["hhea"][:34] + struct.pack(">H", len(order)),
    "maxp": tables["maxp"][:4] + struct.pack(">H", len(order)) + tables["maxp"][6:], "post": struct.pack(">I", 0x30000) + tables["post"][4:32],
}
def checksum(b):
    b += b"\0" * (-len(b) % 4)
    return sum(struct.unpack(">%dI" % (len(b) // 4), b)) & 0xFFFFFFFF
n = len(out)
s = 1 << (n.bit_length() - 1)
header = struct.pack(">IHHHH", 0x10000, n, 16 * s, s.bit_length() - 1, 16 * n - 16 * s)
offset, directory, body = 12 + 16 * n, b"", b""
for tag in sorted(out):
    t = out[tag]
    directory += struct.pack(">4sIII", tag.encode(), checksum(t), offset + len(body), len(t))
    body += t + b"\0" * (-len(t) % 4)
open(sys.argv[2], "wb").write(header + directory + body)
print(len(codes), "characters,", len(order), "glyphs,", len(header + directory + body), "bytes")
