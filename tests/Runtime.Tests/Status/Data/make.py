# Makes the expected values beside it, with Python's json module. Run it at the root of the repository.
import json,random
random.seed(7)
D="tests/Runtime.Tests/Status/Data/"
cases=["", "plain", "a\"b\\c/d", "\x7f", "\x80", "\xa0", "\u00e9", "na\u00efve \u2028 \u2029 \u0085", "\U0001f431", "\U0010ffff", "\ud800", "\udc00",
 "\udc00\ud800", "x\ud800y", "\ud800\U0001f431\udfff", "\ufeff", "\ufffd", "\ufffe\uffff", "\ud7ff\ue000", "<>&'+`", "\n", ",\n", "a,\nb", "{\n}", "\u00e9"*300, "x"*5000+"\u00e9", "\ud800"*200]
cases+=[chr(i) for i in range(0x100)]
alphabet=[*range(0x20,0x7f),*range(0x20),0x7f,0x80,0xa0,0xff,0x100,0x7ff,0x800,0x2028,0xd7ff,0xd800,0xdbff,0xdc00,0xdfff,0xe000,0xfffd,0xffff,0x10000,0x1f431,0x10ffff]
for _ in range(300):
    cases.append("".join(chr(random.choice(alphabet)) for _ in range(random.randrange(40))))
with open(D+"python-strings.txt","w",newline="\n") as f:
    f.write("# UTF-16 units in hex, a tab, and what Python 3.11's json.dumps makes of that string.\n")
    for c in cases:
        b=c.encode("utf-16-be","surrogatepass")
        # Neighbouring surrogates are one character, as for json.loads and .NET.
        f.write(b.hex()+"\t"+json.dumps(b.decode("utf-16-be","surrogatepass"))+"\n")

def val(d):
    k=random.randrange(10 if d<5 else 6)
    if k==0: return None
    if k==1: return random.choice([True,False])
    if k==2: return random.choice([0,1,-5,10**18,12345678901234567890123])
    if k in(3,4,5): return "".join(random.choice(["a","b","\n",",\n","{","}","[","]","\"","\\","é","\U0001f431","\u2028"," ",":",","]) for _ in range(random.randrange(6)))
    if k in(6,7): return [val(d+1) for _ in range(random.choice([0,0,1,2,5]))]
    return {"".join(random.choice(["k","z","A","é","\ue000","\U0001f431","\n"]) for _ in range(random.randrange(4))):val(d+1) for _ in range(random.choice([0,0,1,2,5]))}
with open(D+"python-values.txt","w",newline="\n") as f:
    f.write("# JSON, a tab, what Python 3.11's json.dumps(…, sort_keys=True) makes of it, a tab, and the same with indent=2, ensure_ascii=False, as a JSON string.\n")
    for i in range(400):
        v=val(0)
        f.write(json.dumps(v,separators=(",",":"))+"\t"+json.dumps(v,sort_keys=True)+"\t"+json.dumps(json.dumps(v,sort_keys=True,indent=2,ensure_ascii=False))+"\n")

# An independent reading of HOST §1.4 and §5.
LANES=["planned","claimed","in_progress","for_review","in_review","approved","done","blocked","canceled"]
import re
def snapshot(lines,number,mtype):
    raw=[json.loads(l) for l in lines]
    ev=[r for r in raw if not str(r.get("event_name","")).startswith("retrospective.") and "event_type" not in r and "kind" not in r and r.get("type") not in("RetrospectiveCaptured","RetrospectiveCaptureFailed","RetrospectiveSkipped")]
    seen=set();u=[]
    for e in ev:
        if e["event_id"] not in seen: seen.add(e["event_id"]);u.append(e)
    u.sort(key=lambda e:(e["at"],e["event_id"]))
    rb=lambda e:e["to_lane"]=="in_progress" and (e["from_lane"]=="in_review" or (e["from_lane"]=="for_review" and e.get("review_ref") is not None))
    st={};setter={}
    for e in u:
        w=e["wp_id"]
        if w in st and st[w]["last_transition_at"]==e["at"] and rb(setter[w]) and not rb(e): continue
        st[w]={"lane":e["to_lane"],"actor":e["actor"],"last_transition_at":e["at"],"last_event_id":e["event_id"],"force_count":st.get(w,{}).get("force_count",0)+(1 if e["force"] else 0)}
        setter[w]=e
    slug=(u[0].get("mission_slug") or u[0].get("feature_slug","")) if u else ""
    if number is None:
        m=re.match(r"^(\d+)-",slug); num=str(int(m.group(1))) if m else ""
    else: num=str(number)
    d={"mission_slug":slug,"mission_number":num,"mission_type":mtype,"materialized_at":u[-1]["at"] if u else "","event_count":len(u),"last_event_id":u[-1]["event_id"] if u else None,
       "work_packages":st,"summary":{l:sum(1 for s in st.values() if s["lane"]==l) for l in LANES}}
    re_=[r for r in raw if str(r.get("event_name","")).startswith("retrospective.")]
    if re_:
        key=lambda e:(str(e.get("at","")),str(e.get("event_id","")))
        s=sorted(re_,key=key)
        req=[e for e in s if e["event_name"]=="retrospective.requested"]
        term=[e for e in s if e["event_name"] in("retrospective.completed","retrospective.skipped","retrospective.failed")]
        c=lambda n:sum(1 for e in re_ if e["event_name"]=="retrospective.proposal."+n)
        rp=(term[-1].get("payload") or {}).get("record_path") if term else None
        d["retrospective"]={"status":term[-1]["event_name"][14:] if term else "pending","mode":(req[-1].get("payload") or {}).get("mode") if req else None,"record_path":rp,
          "proposals_total":c("generated"),"proposals_applied":c("applied"),"proposals_rejected":c("rejected"),"proposals_pending":max(0,c("generated")-c("applied")-c("rejected"))}
    return json.dumps(d,sort_keys=True,indent=2,ensure_ascii=False)+"\n"
def lane(wp,f,t,at,i,actor="codex",force=False,rr=None,slug="077-mission",**k):
    d={"event_id":"01JQ9%021d"%i,"mission_slug":slug,"wp_id":wp,"from_lane":f,"to_lane":t,"at":at,"actor":actor,"force":force,"execution_mode":"worktree","reason":None,"review_ref":rr,"evidence":None,"policy_metadata":None}
    d.update(k); return json.dumps({a:b for a,b in d.items() if b is not ...},sort_keys=True)
T="2026-04-08T13:00:%02d+00:00"
retro=lambda n,at,i,**p:json.dumps({"event_name":"retrospective."+n,"at":at,"event_id":"R%d"%i,"payload":p})
cases={
 "empty":([],None,"software-dev"),
 "seeded":([lane("WP%02d"%i,"genesis","planned",T%i,i) for i in range(1,13)],77,"software-dev"),
 "numbered-by-slug":([lane("WP01","planned","claimed",T%1,1,slug="0099-test")],None,"research"),
 "not-numbered":([lane("WP01","planned","claimed",T%1,1,slug="99")],None,"software-dev"),
 "legacy-slug":([lane("WP01","planned","claimed",T%1,1,slug="",feature_slug="042-old")],None,"software-dev"),
 "no-slug":([lane("WP01","planned","claimed",T%1,1,slug=...)],None,"software-dev"),
 "genesis-in-no-count":([lane("WP01","planned","genesis",T%1,1)],1,"software-dev"),
 "unicode":([lane("WP02","planned","claimed",T%1,1,actor="Jürgen \u2028 \U0001f431 \x7f\n"),lane("WPé","planned","blocked",T%2,2),lane("WP\U0001f431","planned","done",T%3,3),lane("WP\ue000","planned","done",T%4,4)],0,"t\"ype"),
 "actor-object":([lane("WP01","planned","claimed",T%1,1,actor={"tool":"codex","role":"implementer","n":[1,{}],"a":None}),lane("WP02","planned","claimed",T%2,2,actor=None),lane("WP03","planned","claimed",T%3,3,actor=5)],7,"software-dev"),
 "forced":([lane("WP01","planned","done",T%1,1,force=True),lane("WP01","done","planned",T%2,2,force=1),lane("WP01","planned","done",T%3,3,force="")],7,"software-dev"),
 "out-of-order":([lane("WP01","planned","claimed",T%5,5),lane("WP01","claimed","in_progress",T%3,3),lane("WP02","planned","blocked",T%1,1),lane("WP02","x" and "planned","done",T%9,1)],7,"software-dev"),
 "retrospective-pending":([retro("requested",T%1,1,mode={"value":"autonomous","source_signal":{"kind":"environment","evidence":"CI"}}),retro("started",T%2,2)],7,"software-dev"),
 "retrospective-completed":([lane("WP01","planned","done",T%1,1,force=True),retro("requested",T%9,2,mode={"value":"autonomous","source_signal":{"kind":"environment","evidence":"é"}}),retro("requested",T%3,1,mode=None),
    retro("failed",T%5,1,record_path="a"),retro("completed",T%8,1,record_path="b/é.yaml"),retro("skipped",T%7,1)]+[retro("proposal.generated",T%9,i) for i in range(5)]+[retro("proposal.applied",T%9,9),retro("proposal.rejected",T%9,8)],7,"software-dev"),
 "retrospective-never-negative":([retro("proposal.applied",T%9,9),retro("skipped",T%7,1),'{"event_name": "retrospective.other"}','{"event_type": "WPCreated"}','{"type": "RetrospectiveCaptured"}'],7,"software-dev"),
}
with open(D+"snapshots.jsonl","w",newline="\n") as f:
    for n,(lines,number,mtype) in cases.items():
        f.write(json.dumps({"name":n,"log":"".join(l+"\n" for l in lines),"number":number,"type":mtype,"snapshot":snapshot(lines,number,mtype)})+"\n")
