"""The words the reader knows: cue verbs with their frames, cue nouns and adjectives, closed classes.

Every list was made by hand from knowledge of English (the verb classes follow
Quirk et al. 1985, chapter 16, and the cue types named in Pareti 2015); nothing
here was learnt from an annotated corpus.

A verb's **frames** say how its content may be attached to it:

=====  ==========================================================================
frame  the content is
=====  ==========================================================================
``q``  a quotation, before or after: "...", *said* X; X *said*: "..."
``t``  a clause with *that*
``b``  a clause without *that*: X *said* it was late
``c``  a clause without *that*, but only if a finite verb is seen in it
``w``  a clause with *whether*, *how*, *why*, *what*
``n``  the clause before: It was late, X *said*.
``r``  behind a hearer: X *told* Y that ...; X *asked* Y to ...
``i``  an infinitive: X *promised* to ...
``o``  a noun phrase: X *condemned* the invasion (a narrative report)
``g``  a participle: X *denied* being there
=====  ==========================================================================

Prepositions follow a slash: ``call/for,on`` means *called for*, *called on*.
"""

IRREGULAR = {
    # base: (past, participle)
    "say": ("said", "said"), "tell": ("told", "told"), "write": ("wrote", "written"),
    "think": ("thought", "thought"), "feel": ("felt", "felt"), "know": ("knew", "known"),
    "find": ("found", "found"), "show": ("showed", "shown"), "understand": ("understood", "understood"),
    "foresee": ("foresaw", "foreseen"), "see": ("saw", "seen"), "hear": ("heard", "heard"),
    "swear": ("swore", "sworn"), "hold": ("held", "held"), "read": ("read", "read"), "bet": ("bet", "bet"),
    "forget": ("forgot", "forgotten"), "forecast": ("forecast", "forecast"), "seek": ("sought", "sought"),
    "sing": ("sang", "sung"), "speak": ("spoke", "spoken"), "begin": ("began", "begun"),
    "give": ("gave", "given"), "make": ("made", "made"), "take": ("took", "taken"),
    "come": ("came", "come"), "go": ("went", "gone"), "forbid": ("forbade", "forbidden"),
    "put": ("put", "put"), "cast": ("cast", "cast"), "choose": ("chose", "chosen"), "lay": ("laid", "laid"),
    "mean": ("meant", "meant"), "dream": ("dreamed", "dreamed"), "send": ("sent", "sent"),
    "shoot": ("shot", "shot"), "stand": ("stood", "stood"), "draw": ("drew", "drawn"),
    "throw": ("threw", "thrown"), "bring": ("brought", "brought"), "teach": ("taught", "taught"),
    "fight": ("fought", "fought"), "rebut": ("rebutted", "rebutted"), "withdraw": ("withdrew", "withdrawn"),
    "lead": ("led", "led"), "strike": ("struck", "struck"), "leave": ("left", "left"), "keep": ("kept", "kept"),
    "get": ("got", "got"), "run": ("ran", "run"), "win": ("won", "won"), "lose": ("lost", "lost"),
    "become": ("became", "become"), "build": ("built", "built"), "buy": ("bought", "bought"),
    "pay": ("paid", "paid"), "meet": ("met", "met"), "fall": ("fell", "fallen"), "rise": ("rose", "risen"),
    "grow": ("grew", "grown"), "set": ("set", "set"), "cut": ("cut", "cut"), "let": ("let", "let"),
    "sit": ("sat", "sat"), "wear": ("wore", "worn"), "break": ("broke", "broken"), "drive": ("drove", "driven"),
    "fly": ("flew", "flown"), "sell": ("sold", "sold"), "spend": ("spent", "spent"), "steal": ("stole", "stolen"),
    "eat": ("ate", "eaten"), "hit": ("hit", "hit"), "hurt": ("hurt", "hurt"), "quit": ("quit", "quit"),
    "flee": ("fled", "fled"), "feed": ("fed", "fed"), "shut": ("shut", "shut"), "sign": ("signed", "signed"),
    "undergo": ("underwent", "undergone"), "overcome": ("overcame", "overcome"), "ride": ("rode", "ridden"),
    "seize": ("seized", "seized"), "bear": ("bore", "borne"), "catch": ("caught", "caught"),
    "bind": ("bound", "bound"), "spread": ("spread", "spread"), "drop": ("dropped", "dropped"),
    "lie": ("lied", "lied"), "decry": ("decried", "decried"), "retell": ("retold", "retold"),
    "rewrite": ("rewrote", "rewritten"), "uphold": ("upheld", "upheld"), "overhear": ("overheard", "overheard"),
    "misread": ("misread", "misread"), "weep": ("wept", "wept"), "beg": ("begged", "begged"),
    "program": ("programmed", "programmed"), "broadcast": ("broadcast", "broadcast"),
    "quote": ("quoted", "quoted"), "do": ("did", "done"), "sound": ("sounded", "sounded"),
}

# verbs whose last letter doubles before -ed and -ing
DOUBLING = set(
    "admit permit refer prefer infer defer brag rebut plan slam blog quip chat tip pan ban bar drop stop beg nod "
    "control compel commit submit omit regret rap ram bash shrug plot tap cap dub rip rap snap jab".split()
)

# verbs that stay regular although IRREGULAR lists them only for their spelling are harmless there

# Group name: (setting, frames, verbs). A verb may stand in more than one group; frames add up.
_GROUPS = [
    # saying, strong: hardly anything but a report
    ("statements", "q t b w n o", """
        say state/on announce argue assert claim contend declare disclose exclaim explain insist note
        reiterate remark/on,that stress suggest testify/to underline underscore allege acknowledge admit/to
        affirm aver avow clarify opine posit proclaim reveal speculate/about,on surmise theorize
        hypothesize emphasize emphasise reckon conclude/with recall recount observe maintain confirm deny concede
        boast/about,of brag/about,of complain/about,of lament caution/against warn/about,of,against reaffirm
        mention report/on predict retort tweet/about retweet intone postulate counter gripe/about
        stipulate specify imply indicate hint/at,that insinuate underscore assess summarize summarise
        attest/to relate recite reassert restate profess rationalize divulge
        rejoin deadpan marvel/at bemoan gush/about,over
        """),
    ("statements", "q t n", """
        add reply/that respond/to,with,by quip joke/about interject whisper shout yell scream murmur mutter chant
        cry muse/about growl snarl gasp chuckle laugh shrug smile sigh thunder roar
        scoff/at sneer/at fume/about vent/about rage/about,against rant/about crow/about chime snap bark
        drawl croak shriek wail bellow enthuse/about elaborate/on expound/on reminisce/about
        protest/against counsel preach/about chide text blog/about email e-mail pronounce narrate
        write/about,in,on,of,to post/about reason rejoice rap sing/about vow comment/on,about continue/with,by
        begin/by,with conclude/by end/by finish/by,with open/with,by caption deadpan
        """),
    ("statements", "q", "ask go_on read_out spell_out sum_up put_it chime_in weigh_in/on cut_in fire_back shoot_back/at hit_back/at"),
    ("statements", "q t w n", "point_out make_clear make_plain spell_out lay_out/that set_out note"),
    # telling somebody
    ("statements", "q t w r n", "tell/about,of inform/about,of notify/of,about remind/of,about assure/of reassure/about advise/against "
                                "brief/on,about"),
    ("statements", "r t", "convince/of persuade/of warn"),
    ("statements", "q w r o i", "ask/about,for,if,of wonder/about,if inquire/about,into query/about"),
    ("all", "r", "urge implore beseech instruct beg press/for,on lobby/for,against encourage exhort challenge beckon "
                 "invite pressure advise command entreat prod nudge goad caution petition/for direct prompt"),
    ("all", "r i o q t", "demand order propose recommend urge/that request"),
    # thinking and knowing
    ("statements", "t b w n", "think/of,about believe/in,that know/of,about"),
    ("statements", "t c w n", "feel understand suspect doubt realize realise assume presume imagine guess figure "
                              "estimate calculate project forecast reckon recognize recognise worry/about,over fear/for hope/for expect "
                              "learn/of,about,from agree/with,on,to,that concur/with determine decide/on hear/about,of,from bet/on "
                              "remember forget foresee anticipate envision envisage sense theorise perceive "
                              "discover notice gather conclude infer deduce judge ponder"),
    ("all", "o", "believe/in understand suspect doubt realize fear worry expect estimate anticipate envision foresee imagine "
                 "remember recognize perceive consider deem regard/as view see/as think/of interpret construe project forecast "
                 "misjudge underestimate overestimate appreciate resent regret envy distrust mistrust trust know "
                 "determine decide assume predict reconsider contemplate weigh ponder mull rate rank judge calculate"),
    ("all", "g", "consider deny admit suggest recall remember contemplate favor oppose regret recommend propose mention "
                 "describe report imagine support advocate keep_on mull"),
    # showing: documents, studies, polls speak
    ("statements", "t c w n", "show demonstrate indicate suggest reveal prove illustrate imply confirm find state highlight "
                              "signal document establish detail underline"),
    ("all", "o", "show demonstrate indicate reveal prove illustrate find highlight signal document detail describe depict "
                 "portray outline list cite quote spotlight chronicle expose trumpet catalog feature underline "
                 "tally exemplify epitomize identify note feature"),
    # wishes and commitments
    ("all", "i", "want hope plan intend seek refuse decline promise pledge vow threaten offer agree prefer like love hate "
                 "wish decide choose vote/for,against,on opt propose swear aspire yearn desire expect claim ask demand "
                 "volunteer elect consent resolve aim long hesitate purport pretend profess oppose forget "
                 "undertake dare need fail_to_mention scramble yearn fear deserve_no mean plot"),
    ("all", "t c", "promise pledge vow threaten swear demand propose recommend prefer wish rule decree mandate order "
                   "pretend reckon dream bet pray require insist"),
    ("all", "o", "promise pledge vow threaten want prefer like love hate dislike loathe despise adore crave desire plan "
                 "intend seek refuse decline offer propose favor favour welcome wish enjoy covet"),
    # judging somebody or something
    ("all", "o", """
        accuse/of blame/for criticize/for criticise/for condemn/for denounce/for praise/for laud/for applaud/for hail
        endorse support oppose reject back defend dismiss blast slam attack mock ridicule decry deride deplore
        disavow repudiate question challenge rebuke chastise castigate lambaste lambast pillory berate scold upbraid
        admonish reprimand fault/for pan savage skewer excoriate assail malign vilify demonize disparage
        denigrate belittle insult smear taunt tease bash trash rip hammer
        pummel knock needle jab zing rap target lampoon satirize parody admire respect honor honour salute
        commend compliment/on congratulate/on thank/for credit/with toast cheer celebrate champion tout promote extol
        glorify lionize flatter esteem revere idolize cherish value prize approve/of disapprove/of
        reject rebuff spurn renounce disown refute rebut debunk discredit contradict dispute contest
        protest decry denounce veto accept embrace adopt espouse advocate/for preach/to
        excuse forgive justify whitewash downplay minimize play_down brush_off wave_off write_off shrug_off
        trivialize dodge sidestep evade ignore overlook
        exaggerate overstate understate misrepresent distort misstate mischaracterize mislead
        pick warn caricature stereotype brand label dub call term style nickname christen
        describe/as characterize/as characterise/as portray/as depict/as paint/as cast/as frame/as liken/to compare/to,with equate/with
        define/as identify/as present/as cite/as recognize/as refer_to tag declare/as count classify label/as brand/as
        single_out call_out lash_out/at hit_out/at speak_out/against come_out/against,for,in
        push_back/against,on fire_back/at take_aim/at take_issue/with tear_into lay_into rule_out rail_against
        quote/as,from paraphrase cite invoke name echo parrot repeat rehash recap reference mention address explain
        discuss debate analyze analyse examine explore review critique assess evaluate outline unveil detail announce
        express voice raise convey communicate articulate utter air vent offer issue deliver
        retract recant walk_back backtrack/on apologize/for apologise/for
        pardon acquit indict convict charge/with sue/for,over ban bar prohibit forbid outlaw approve authorize ratify
        order mandate uphold overturn strike_down block nominate appoint
        protest boycott picket commemorate mourn memorialize acknowledge concede admit
        confess/to swear/by,to claim allege assert contradict confirm deny dispute
        enumerate reiterate stress emphasize underscore recommend request predict forecast foretell
        herald trumpet advertise publicize proclaim preview announce reveal disclose divulge leak release
        lament bemoan bewail mourn deplore rue regret
        ask question interrogate grill quiz press confront
        demand urge caution
        """),
    # speaking, with the content behind a preposition
    ("all", "p", """
        speak/of,about,on,against,to,for talk/of,about,up call/for,on,upon,into refer/to point/to,at argue/for,against,over,about
        appeal/for,to push/for,back campaign/for,against,on rail/against,about rally/for,against,behind object/to disagree/with,on,about
        agree/with,on react/to respond/to,with reply/to allude/to fret/about,over worry/about,over agonize/over obsess/over,about wonder/about
        hint/at insist/on,upon focus/on,in dwell/on,in zero_in/on hone_in/on touch/on,upon reflect/on comment/on lecture/on,about
        testify/about,against,to,before grumble/about,at gripe/about whine/about carp/about moan/about
        lash_out/at rail/against rant/about rave/about gloat/about wax/about philosophize/about vent/about
        protest/against,over demonstrate/against,for march/for,against vote/for,against,on,down lobby/for,against
        dream/of,about care/about,for long/for yearn/for wish/for hope/for pray/for ask/for,about press/for
        balk/at bristle/at scoff/at sneer/at chafe/at recoil/at marvel/at laugh/at jeer/at
        subscribe/to adhere/to consent/to commit/to admit/to confess/to swear/by believe/in
        think/of,about know/of,about hear/of,about,from learn/of,about
        plead/for,with,guilty beg/for apologize/for,to apologise/for lie/about joke/about quip/about
        warn/of,about,against boast/of,about brag/of,about complain/of,about,to speculate/about,on,over
        object/to differ/with,on,over quarrel/with quibble/with side/with sympathize/with empathize/with identify/with
        embrace advocate/for,against crusade/against,for opine/on pontificate/on,about weigh_in/on elaborate/on expand/on expound/on
        conceive/of approve/of disapprove/of sign_off/on inquire/about
        pounce/on seize/on capitalize/on harp/on hammer/at,away jab/at swipe/at
        """),
]

# Verb: the reading as a cue is one among several, so the reader asks for more (a clause, a capitalised speaker).
WEAK = set("""
    like love hate show find see read hold rate rank cite reflect relate discuss point back offer raise continue know
    remember forget decide determine learn consider expect rule project charge approve order ban bar hear mean need
    count pick present define frame cast style term feature value prize honor honour target hit press direct prompt
    leave address explore review examine assess evaluate release issue deliver identify name list block adopt accept
    open end begin finish laugh smile shrug nod sing go come keep draw strike cap hammer knock rip trash
    tag needle rap toast embrace release adopt promote plot choose elect fail aim undertake dare resolve
    ignore overlook dodge sidestep evade exaggerate distort contradict document establish detail sense notice gather
    discover judge weigh expose block appoint nominate convict acquit indict sue pardon advertise leak air
    challenge encourage invite pressure nudge caricature mislead play_down trust know enjoy post text
    """.split())

# Nouns spelled like a cue verb: "the claims", "a report", "his attack"
NOUN_LIKE = set("""
    report state claim charge demand note comment estimate plan hope fear doubt vow pledge promise call support attack
    question order ban project rule point poll signal tweet joke rate rank label brand love hate challenge reply aim
    back show find like appeal offer cause review post text email e-mail blog guess bet answer object protest press
    request command pressure petition concern worry view address target praise blame fault credit honor honour value
    prize toast cheer champion respect debate damage issue release air leak bar block document detail feature list
    name number figure trust end cry shout yell scream laugh smile sigh whisper chant rap snap bark quip crow roar
    counter caution counsel forecast quote mention record study read lecture rally march vote campaign push focus
    reason marvel growl snarl gasp chuckle shrug fume rage rant preview grill quiz program broadcast host sue
    influence echo dispute contest sound mock attempt desire wish dream worry
    """.split())

# Verbs of motion and change that take "to" + cue verb and belong to the cue: "went on to say"
CATENATIVE = {
    "go_on", "go", "continue", "begin", "start", "proceed", "seem", "appear", "tend", "use", "happen", "come", "rush",
    "try", "attempt", "manage", "move", "have", "help", "dare", "get", "serve", "take_to", "keep",
}

# Particles that make one cue with the verb before them
PARTICLES = {"out", "up", "back", "off", "on", "down", "in"}

# A clause may hang on these nouns: "his claim that ...", "accusations of ..."
CLAUSE_NOUNS = set("""
    claim assertion allegation belief argument statement view notion idea fear warning promise pledge suggestion
    contention conclusion prediction concern report accusation charge complaint conviction opinion feeling hope
    expectation insistence admission acknowledgment acknowledgement assurance announcement declaration denial
    revelation rumor rumour speculation theory thesis estimate finding ruling decision proposal recommendation
    demand request threat vow remark comment observation impression perception suspicion doubt hunch
    consensus message testimony confession boast critique criticism
    """.split())

# Noun: the prepositions its content hangs on, when the noun has an owner ("Mr. X's call for ...")
OBJECT_NOUNS = {
    "support": "for of", "opposition": "to", "criticism": "of", "criticisms": "of", "call": "for", "calls": "for",
    "attack": "on against", "attacks": "on against", "endorsement": "of", "condemnation": "of", "praise": "for of",
    "concern": "about over for", "concerns": "about over", "worries": "about over", "fear": "of about", "fears": "of about",
    "complaints": "about of", "complaint": "about of", "accusations": "of", "accusation": "of", "allegations": "of about",
    "demand": "for", "demands": "for", "denunciation": "of", "denunciations": "of", "rejection": "of", "proposal": "for to",
    "proposals": "for to", "plan": "to for", "plans": "to for", "promise": "to of", "promises": "to of", "pledge": "to",
    "pledges": "to", "vow": "to", "vows": "to", "threat": "to of", "threats": "to of", "refusal": "to", "decision": "to",
    "desire": "to for", "willingness": "to", "reluctance": "to", "intention": "of to", "intentions": "of to",
    "hopes": "of for to", "hope": "of for to", "wish": "to for", "wishes": "to for", "description": "of",
    "descriptions": "of", "depiction": "of", "portrayal": "of", "characterization": "of", "account": "of",
    "accounts": "of", "assessment": "of", "view": "of on", "views": "of on about", "opinion": "of on about",
    "opinions": "of on about", "opposition": "to", "objections": "to", "objection": "to", "resistance": "to",
    "disdain": "for", "contempt": "for", "admiration": "for", "disapproval": "of", "approval": "of",
    "skepticism": "of about", "mockery": "of", "disgust": "with at", "anger": "at over about", "outrage": "over at about",
    "frustration": "with over at", "frustrations": "with over", "defense": "of", "defence": "of", "denial": "of",
    "questions": "about", "doubts": "about", "comments": "about on", "comment": "about on",
    "remarks": "about on", "statements": "about on", "statement": "about on", "warning": "of about",
    "warnings": "of about", "suspicion": "of", "suspicions": "about of", "apology": "for", "embrace": "of",
    "rebuke": "of", "rebukes": "of", "request": "for to", "requests": "for to", "commitment": "to", "bid": "to",
    "invitation": "to", "offer": "to", "distaste": "for", "hatred": "of for", "dislike": "of", "love": "for of",
    "preference": "for", "recommendation": "of", "advocacy": "of for", "critique": "of", "critiques": "of",
}

# People named for what they hold: "supporters of X"
HOLDER_NOUNS = {
    "supporter": "of", "supporters": "of", "critic": "of", "critics": "of", "opponent": "of", "opponents": "of",
    "proponent": "of", "proponents": "of", "advocate": "for of", "advocates": "for of", "backer": "of", "backers": "of",
    "defender": "of", "defenders": "of", "champion": "of", "admirer": "of", "admirers": "of",
}

# be + adjective + that / to / about
CLAUSE_ADJECTIVES = set("""
    confident sure certain convinced concerned worried afraid fearful hopeful optimistic pessimistic skeptical sceptical
    aware unaware happy glad proud angry disappointed adamant clear unclear cautious doubtful mindful pleased
    delighted surprised shocked alarmed appalled outraged furious sorry thankful grateful positive keen
    determined eager willing unwilling reluctant ready hesitant loath anxious opposed supportive critical tired
    dismissive wary leery suspicious contemptuous disdainful fond enthusiastic excited upset frustrated unhappy
    dissatisfied satisfied disgusted horrified offended dubious agnostic open committed resigned
    insistent emphatic blunt careful
    """.split())
ADJECTIVE_PREPS = {"of", "about", "with", "to", "by", "at", "over", "for", "on"}

# heads that may follow "according to" adverbs
HEDGES = {"reportedly", "allegedly", "purportedly", "supposedly", "ostensibly", "rumoredly", "seemingly"}
SEEMING = {"seem", "appear", "sound", "look", "feel"}
# passive verbs that report without saying who: "is expected to", "is said to"
RAISING = set("""
    expect believe say report know allege think project claim rumor rumour suppose schedule predict
    understand estimate consider deem see view regard perceive assume hold presume feel widely
    call dub name label describe declare term title nickname brand poise slate set require intend design bill reveal
    show announce assess accuse charge suspect note mention state disclose find
    """.split())

DOCUMENT_NOUNS = set("""
    report study poll survey film documentary book article letter statement resolution document documents paper record
    records website site program programme broadcast transcript memo email emails ruling opinion complaint lawsuit
    filing filings indictment affidavit interview speech story newspaper magazine agency data evidence research
    analysis results figures statistics photos video footage images tweet tweets post ad ads spot editorial column
    piece essay motion declaration treaty bill law act
    """.split())

TITLES = set("""
    president director chairman chairwoman chair professor spokesman spokeswoman spokesperson head chief officer vice
    founder co-founder executive editor senator congressman congresswoman governor mayor minister secretary ambassador
    strategist adviser advisor analyst manager author scholar fellow researcher economist leader member lawyer attorney
    aide consultant expert partner historian scientist activist organizer coordinator representative commissioner
    sheriff judge general colonel deputy journalist writer reporter correspondent publisher student teacher owner
    resident voter supporter veteran democrat republican sen. rep. gov. dr. mr. mrs. ms. prof. gen. col. capt. lt.
    pollster candidate nominee columnist host critic pastor bishop priest rabbi imam captain sergeant coach player
    actor actress singer artist poet novelist survivor witness eyewitness consul envoy diplomat official
    """.split())

# ---- closed classes ----------------------------------------------------------------------------

DETERMINERS = set("the a an this these those some any no each every another such both either neither".split())
POSSESSIVES = set("his her its their our my your whose".split())
SUBJECT_PRONOUNS = set("he she they it i we you who everyone everybody nobody someone somebody anyone anybody none "
                       "others many most few several all both one another some".split())
OBJECT_PRONOUNS = set("him them us me her it you himself herself themselves itself themself myself ourselves".split())
PREPOSITIONS = set("""
    in on at by for from to with of about during after before into against over under through between among since until
    within without upon via amid despite toward towards across behind beyond near outside inside around along
    per like unlike except besides beneath throughout following regarding concerning including versus alongside aboard
    """.split())
SUBORDINATORS = set("""
    that because while when if although though whereas since after before until unless so than whether as once where
    whereby
    """.split())
WH = set("who which whom what how why where when whoever whatever".split())
MODALS = set("will would can could may might must shall should 'll 'd wo ca ought".split())
BE = set("is are was were be been being am 'm 're".split())
HAVE = set("has have had having 've".split())
DO = set("do does did".split())
NEGATIONS = set("not n't never nor".split())
ADVERBS = set("""
    also again then later now already still once ever even just only first further repeatedly recently previously here
    too so often always soon instead thus quickly clearly both merely simply rather quite long almost perhaps maybe
    herself himself themselves itself all probably certainly indeed originally initially eventually finally
    nearly hardly barely twice together yet however though therefore meanwhile
    """.split())
COORDINATORS = {"and", "or", "but", "nor", "yet", "&"}
LEADING = set("""
    but and yet still however meanwhile instead moreover furthermore also then so now later nevertheless nonetheless
    similarly additionally indeed or though although because while when as since if perhaps maybe besides
    likewise otherwise plus thus hence therefore overall eventually finally earlier
    """.split())
TIME_WORDS = set("""
    monday tuesday wednesday thursday friday saturday sunday yesterday today tonight tomorrow earlier later january
    february march april june july august september october november december jan. feb. mar. apr. aug. sept. oct. nov.
    dec. recently previously afterward afterwards
    """.split())
LY_NOUNS = set("family italy july kelly emily billy sally molly reply assembly anomaly monopoly ally rally bully jelly "
               "supply fly early daily weekly monthly yearly elderly likely unlikely friendly deadly lovely ugly only "
               "holy silly lonely costly timely orderly melancholy reilly o'reilly connolly holly polly lily".split())
LY_NOT_ADVERB = LY_NOUNS

ABBREVIATIONS = set("""
    mr mrs ms dr prof gen sen sens rep reps gov govs lt col sgt st jr sr inc corp co ltd vs no fig jan feb mar apr jun
    jul aug sep sept oct nov dec u.s u.k u.n d.c a.m p.m e.g i.e etc capt cmdr maj adm rev hon pres ph.d ariz ark calif
    colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev n.h n.j n.m n.y n.c n.d okla ore pa
    r.i s.c s.d tenn tex va vt wash wis wyo supt ft mt dept univ assn bros messrs mme mlle sra est approx
    """.split())

# Ordinary verbs, not cues: known so that the edges of noun phrases are found
PLAIN_VERBS = """
    be have do make take give get go come keep let put set run turn move work play live help try start stop leave lead
    win lose pay meet build buy sell send bring hold hit cut sit stand fall rise grow spend become remain include
    contain happen occur follow create open close walk wait serve die kill carry bear wear break drive fly draw eat
    drink sleep return arrive enter join form reach receive allow enable cause force face lie spread change increase
    reduce produce provide represent result arise exist belong depend apply involve concern affect attend
    vote lack seem appear look sound become stay use visit own control handle manage pass hire fire arrest
    catch throw shoot steal flee seize destroy damage attack invade occupy capture surround launch begin end
    finish continue hope earn save cover avoid add collect gather cross deserve drop face fight fill gain host
    jump kick marry miss need oversee operate perform pose pull push raise reflect rely replace resign respond
    sign solve study suffer surge survive teach touch travel undergo undermine understand unite visit want warrant
    watch weigh
    """.split()


def _s_form(base):
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies"
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    return base + "s"


def _regular(base):
    if base in DOUBLING:
        return base + base[-1] + "ed"
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ied"
    return base + "ed"


def _ing(base):
    if base in DOUBLING or base in {"put", "set", "run", "let", "get", "cut", "sit", "hit", "win", "begin", "bet", "quit", "shut"}:
        return base + base[-1] + "ing"
    if base == "lie":
        return "lying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return base[:-1] + "ing"
    return base + "ing"


def forms(base):
    """The inflected forms of a verb: ``{form: {"base", "s", "past", "part", "ing"}}`` (a form may be several)."""
    past, part = IRREGULAR.get(base) or (_regular(base),) * 2
    out = {}
    for word, kind in ((base, "base"), (_s_form(base), "s"), (past, "past"), (part, "part"), (_ing(base), "ing")):
        out.setdefault(word, set()).add(kind)
    if base == "have":
        out["has"] = {"s"}
    return out


class Frame:
    """What one cue verb can do: its frames, its prepositions, and the setting it belongs to for each frame."""

    __slots__ = ("lemma", "statements", "all", "preps_statements", "preps", "weak")

    def __init__(self, lemma):
        self.lemma = lemma
        self.statements = set()
        self.all = set()
        self.preps_statements = set()
        self.preps = set()
        self.weak = lemma in WEAK


def _build():
    verbs = {}
    for setting, frames, words in _GROUPS:
        for word in words.split():
            lemma, _, preps = word.partition("/")
            frame = verbs.setdefault(lemma, Frame(lemma))
            names = set(frames.split())
            if setting == "statements":
                frame.statements |= names - {"o", "g"}
            frame.all |= names
            frame.preps |= set(preps.split(",")) - {"", "that"}
            if "p" in names or preps:
                frame.all.add("p")
    index = {}
    for base in sorted({v.partition("_")[0] for v in verbs} | set(PLAIN_VERBS) | set(IRREGULAR)):
        for form, kinds in forms(base).items():
            index.setdefault(form, []).append((base, frozenset(kinds)))
    particles = {}
    for lemma in verbs:
        base, _, rest = lemma.partition("_")
        if rest:
            particles.setdefault(base, set()).add(rest)
    return verbs, index, particles


#: lemma (``call``, ``point_out``) -> :class:`Frame`
VERBS, FORMS, PARTICLE_VERBS = _build()
