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
``a``  a noun phrase and *as*: X *cast* the vote as a protest
``s``  what seems: X *seemed* to agree
=====  ==========================================================================

Prepositions follow a slash: ``call/for,on`` means *called for*, *called on*.
"""

IRREGULAR = {
    # base: (past, participle)
    "say": ("said", "said"),
    "tell": ("told", "told"),
    "write": ("wrote", "written"),
    "think": ("thought", "thought"),
    "feel": ("felt", "felt"),
    "know": ("knew", "known"),
    "find": ("found", "found"),
    "show": ("showed", "shown"),
    "understand": ("understood", "understood"),
    "foresee": ("foresaw", "foreseen"),
    "see": ("saw", "seen"),
    "hear": ("heard", "heard"),
    "swear": ("swore", "sworn"),
    "hold": ("held", "held"),
    "read": ("read", "read"),
    "bet": ("bet", "bet"),
    "forget": ("forgot", "forgotten"),
    "forecast": ("forecast", "forecast"),
    "seek": ("sought", "sought"),
    "sing": ("sang", "sung"),
    "speak": ("spoke", "spoken"),
    "begin": ("began", "begun"),
    "give": ("gave", "given"),
    "make": ("made", "made"),
    "take": ("took", "taken"),
    "come": ("came", "come"),
    "go": ("went", "gone"),
    "forbid": ("forbade", "forbidden"),
    "put": ("put", "put"),
    "cast": ("cast", "cast"),
    "choose": ("chose", "chosen"),
    "lay": ("laid", "laid"),
    "mean": ("meant", "meant"),
    "dream": ("dreamed", "dreamed"),
    "send": ("sent", "sent"),
    "shoot": ("shot", "shot"),
    "stand": ("stood", "stood"),
    "draw": ("drew", "drawn"),
    "throw": ("threw", "thrown"),
    "bring": ("brought", "brought"),
    "teach": ("taught", "taught"),
    "fight": ("fought", "fought"),
    "rebut": ("rebutted", "rebutted"),
    "withdraw": ("withdrew", "withdrawn"),
    "lead": ("led", "led"),
    "strike": ("struck", "struck"),
    "leave": ("left", "left"),
    "keep": ("kept", "kept"),
    "get": ("got", "got"),
    "run": ("ran", "run"),
    "win": ("won", "won"),
    "lose": ("lost", "lost"),
    "become": ("became", "become"),
    "build": ("built", "built"),
    "buy": ("bought", "bought"),
    "pay": ("paid", "paid"),
    "meet": ("met", "met"),
    "fall": ("fell", "fallen"),
    "rise": ("rose", "risen"),
    "grow": ("grew", "grown"),
    "set": ("set", "set"),
    "cut": ("cut", "cut"),
    "let": ("let", "let"),
    "sit": ("sat", "sat"),
    "wear": ("wore", "worn"),
    "break": ("broke", "broken"),
    "drive": ("drove", "driven"),
    "fly": ("flew", "flown"),
    "sell": ("sold", "sold"),
    "spend": ("spent", "spent"),
    "steal": ("stole", "stolen"),
    "eat": ("ate", "eaten"),
    "hit": ("hit", "hit"),
    "hurt": ("hurt", "hurt"),
    "quit": ("quit", "quit"),
    "flee": ("fled", "fled"),
    "feed": ("fed", "fed"),
    "shut": ("shut", "shut"),
    "sign": ("signed", "signed"),
    "undergo": ("underwent", "undergone"),
    "overcome": ("overcame", "overcome"),
    "ride": ("rode", "ridden"),
    "seize": ("seized", "seized"),
    "bear": ("bore", "borne"),
    "catch": ("caught", "caught"),
    "bind": ("bound", "bound"),
    "spread": ("spread", "spread"),
    "drop": ("dropped", "dropped"),
    "lie": ("lied", "lied"),
    "decry": ("decried", "decried"),
    "retell": ("retold", "retold"),
    "rewrite": ("rewrote", "rewritten"),
    "uphold": ("upheld", "upheld"),
    "overhear": ("overheard", "overheard"),
    "misread": ("misread", "misread"),
    "weep": ("wept", "wept"),
    "beg": ("begged", "begged"),
    "program": ("programmed", "programmed"),
    "broadcast": ("broadcast", "broadcast"),
    "quote": ("quoted", "quoted"),
    "do": ("did", "done"),
    "sound": ("sounded", "sounded"),
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
    ("statements", "q t b w n", "say insist argue admit swear contend think believe claim suggest allege"),
    (
        "statements",
        "q t c w n o",
        """
        announce argue assert claim contend declare disclose exclaim explain insist note
        reiterate remark/on,that stress suggest testify/to underline underscore allege acknowledge admit/to
        affirm aver avow clarify opine posit proclaim reveal speculate/about,on surmise theorize
        hypothesize emphasize emphasise reckon conclude/with recall recount observe confirm deny concede
        boast/about,of brag/about,of complain/about,of lament caution/against warn/about,of,against reaffirm
        mention report/on predict retort tweet/about retweet intone postulate counter gripe/about
        stipulate specify imply indicate hint/at,that insinuate underscore assess summarize summarise
        attest/to relate recite reassert restate profess rationalize divulge
        rejoin deadpan marvel/at bemoan gush/about,over
        """,
    ),
    (
        "statements",
        "q t n",
        """
        add reply/that respond/with,by quip joke/about interject whisper shout yell scream murmur mutter chant
        cry muse/about growl snarl gasp chuckle laugh shrug smile sigh thunder roar
        scoff/at sneer/at fume/about vent/about rage/about,against rant/about crow/about chime snap bark
        drawl croak shriek wail bellow enthuse/about elaborate/on expound/on reminisce/about
        protest/against counsel preach/about chide text blog/about email e-mail pronounce narrate
        write/about,in,on,of,to post/about reason rejoice rap sing/about vow comment/on,about continue/with,by
        begin/by,with conclude/by end/by finish/by,with open/with,by caption deadpan
        """,
    ),
    (
        "statements",
        "q",
        "ask go_on read answer echo mock read_out spell_out sum_up put_it chime_in weigh_in/on cut_in fire_back shoot_back/at hit_back/at",
    ),
    ("statements", "q t w n", "point_out make_clear make_plain spell_out lay_out/that set_out note"),
    # telling somebody
    (
        "statements",
        "q t w r n",
        "tell/about,of inform/about,of notify/of,about remind/of,about assure/of reassure/about advise/against "
        "brief/on,about",
    ),
    ("statements", "r t", "convince/of persuade/of warn"),
    ("statements", "q w r o i", "ask/about,for,if,of wonder/about,if inquire/about,into query/about"),
    (
        "all",
        "r",
        "urge implore beseech instruct beg press/for,on lobby/for,against encourage exhort challenge beckon "
        "invite pressure advise command entreat prod nudge goad caution petition/for direct",
    ),
    ("statements", "t", "demand propose recommend urge request stipulate"),
    ("all", "r i o q t", "demand order propose recommend urge/that request"),
    # thinking and knowing
    ("statements", "t b w n", "think/of,about believe/in,that"),
    ("statements", "t c w n", "know/of,about"),
    ("statements", "q t c w n", "state/on maintain"),
    (
        "statements",
        "t c w n",
        "feel understand suspect doubt realize realise assume presume imagine guess figure "
        "estimate calculate project forecast reckon recognize recognise worry/about,over fear/for hope/for expect "
        "learn/of,about,from agree/with,on,to,that concur/with determine decide/on hear/about,of,from bet/on "
        "remember forget foresee anticipate envision envisage sense theorise perceive "
        "discover notice gather conclude infer deduce judge ponder",
    ),
    (
        "all",
        "o",
        "believe/in suspect doubt fear expect predict envision foresee consider deem regard/as view perceive/as "
        "threaten determine misjudge appreciate resent regret envy distrust mistrust interpret/as construe remember",
    ),
    (
        "all",
        "g",
        "consider deny admit suggest recall remember contemplate favor oppose regret recommend propose mention "
        "describe report imagine support advocate keep_on mull",
    ),
    # showing: documents, studies, polls speak
    (
        "statements",
        "t c w n",
        "show demonstrate indicate suggest reveal prove illustrate imply confirm find state highlight "
        "signal document establish detail underline",
    ),
    (
        "all",
        "o",
        "show reveal highlight document describe depict portray outline list cite quote trumpet note "
        "chronicle identify",
    ),
    # wishes and commitments
    (
        "all",
        "i",
        "want hope plan intend seek refuse decline promise pledge vow threaten offer agree prefer like love hate "
        "wish decide choose vote/for,against,on opt propose swear aspire yearn desire expect claim ask demand "
        "volunteer elect consent resolve aim long purport pretend profess "
        "undertake dare yearn fear",
    ),
    (
        "all",
        "t c",
        "promise pledge vow threaten swear demand propose recommend prefer wish rule decree mandate order "
        "pretend reckon dream bet pray require insist",
    ),
    ("all", "o", "promise pledge vow want prefer loathe despise desire refuse decline propose welcome offer"),
    # judging somebody or something
    ("all", "s", "seem appear look sound"),
    (
        "all",
        "o",
        """
        accuse/of blame/for criticize/for criticise/for condemn/for denounce/for praise/for laud/for applaud/for hail
        endorse support oppose reject defend dismiss blast slam attack mock ridicule decry deride deplore
        disavow repudiate question rebuke chastise castigate lambaste lambast pillory berate scold upbraid
        admonish reprimand fault/for pan savage skewer excoriate assail malign vilify demonize disparage
        denigrate belittle smear taunt tease bash trash rip knock needle jab zing lampoon satirize parody admire
        salute commend compliment/on congratulate/on thank/for credit/with toast tout promote extol
        glorify lionize revere idolize disapprove/of rebuff spurn refute rebut debunk contradict dispute
        protest embrace espouse advocate/for excuse justify whitewash downplay brush_off wave_off write_off shrug_off
        exaggerate overstate understate misrepresent distort mischaracterize
        call dub term style nickname describe/as characterize/as characterise/as portray/as depict/as liken/to
        refer_to declare single_out call_out push_back/against,on take_issue/with tear_into rule_out rail_against
        quote/as,from paraphrase invoke name echo parrot repeat rehash recap reference mention
        explain discuss outline announce recount reiterate
        express voice convey articulate utter vent issue
        retract recant walk_back backtrack/on apologize/for apologise/for order mandate authorize
        acknowledge concede admit confess/to swear/by,to claim allege assert confirm deny
        enumerate stress emphasize underscore recommend request forecast foretell herald publicize proclaim
        lament bemoan bewail mourn rue ask interrogate grill demand urge
        back boo ignore cheer censure snub scorn decide veto appoint strike_down observe recall suggest estimate say tweet report recite
        """,
    ),
    # only with "as", or with words in quotation marks
    (
        "all",
        "a",
        """
        cast paint frame define present cite see view regard label brand label tag classify recognize recognise
        identify portray depict dismiss describe characterize denounce praise hail interpret raise release deliver
        accept challenge champion celebrate defend promote reveal
        """,
    ),
    # speaking, with the content behind a preposition
    (
        "all",
        "p",
        """
        speak/of,about,out talk/of,about,up call/for,on,upon,into refer/to point/to,at argue/for,against,over,about
        push/for,back campaign/against rail/against,about object/to disagree/with,on,about
        agree/with,on allude/to fret/about,over worry/about,over agonize/over obsess/over,about wonder/about
        hint/at insist/on,upon zero_in/on hone_in/on touch/on,upon comment/on
        grumble/about,at gripe/about whine/about carp/about moan/about complain/about,of
        lash_out/at rant/about rave/about gloat/about wax/about philosophize/about vent/about
        protest/against,over demonstrate/against march/against vote/for,against lobby/for,against
        dream/of,about long/for yearn/for wish/for hope/for pray/for ask/for,about press/for
        balk/at bristle/at scoff/at sneer/at chafe/at marvel/at jeer/at subscribe/to confess/to believe/in
        think/of plead/for apologize/for,to apologise/for joke/about quip/about
        warn/of,about,against boast/of,about brag/of,about speculate/about,on,over
        differ/with,on quarrel/with quibble/with side/with sympathize/with advocate/for,against crusade/against,for
        opine/on pontificate/on,about weigh_in/on elaborate/on expand/on expound/on
        approve/of disapprove/of inquire/about fire_back/at harp/on
        write/about,of tweet/about testify/about,against respond/by reflect/on look_forward/to
        """,
    ),
]

# Verb: the reading as a cue is one among several, so the reader asks for more (a clause, a capitalised speaker).
WEAK = set(
    """
    like love hate find see read hold relate discuss offer continue know intend issue name ask
    remember forget decide determine learn consider rule project order hear mean need embrace promote
    begin end open finish laugh smile shrug nod sing go come repeat echo use
    choose elect aim dare resolve plan prove testify convince state maintain underscore compare
    discover judge sense notice gather advertise leak press prompt invite direct request instruct
    back encourage pressure nudge trust post text email e-mail attack support defend vote assume require bet
    """.split()
)

# Nouns spelled like a cue verb: "the claims", "a report", "his attack"
NOUN_LIKE = set(
    """
    report state claim charge demand note comment estimate plan hope fear doubt vow pledge promise call support attack
    question order ban project rule point poll signal tweet joke rate rank label brand love hate challenge reply aim
    back show find like appeal offer cause review post text email e-mail blog guess bet answer object protest press
    request command pressure petition concern worry view address target praise blame fault credit honor honour value
    prize toast cheer champion respect debate damage issue release air leak bar block document detail feature list
    name number figure trust end cry shout yell scream laugh smile sigh whisper chant rap snap bark quip crow roar
    counter caution counsel forecast quote mention record study read lecture rally march vote campaign push focus
    reason marvel growl snarl gasp chuckle shrug fume rage rant preview grill quiz program broadcast host sue
    influence echo dispute contest sound mock attempt desire wish dream worry
    """.split()
)

# Verbs of motion and change that take "to" + cue verb and belong to the cue: "went on to say"
CATENATIVE = {
    "go_on",
    "go",
    "continue",
    "begin",
    "start",
    "proceed",
    "seem",
    "appear",
    "tend",
    "use",
    "happen",
    "come",
    "rush",
    "try",
    "attempt",
    "manage",
    "move",
    "have",
    "help",
    "dare",
    "get",
    "serve",
    "take_to",
    "keep",
}

# Verb, noun: the preposition of a fixed phrase that reports ("draws attention to")
IDIOMS = {
    ("draw", "attention"): "to",
    ("call", "attention"): "to",
    ("give", "information"): "about on of",
    ("give", "details"): "of about on",
    ("provide", "information"): "about on",
    ("provide", "details"): "of about on",
    ("shed", "light"): "on",
    ("express", "interest"): "in",
    ("take", "issue"): "with",
    ("take", "aim"): "at",
    ("pay", "tribute"): "to",
    ("cast", "doubt"): "on",
    ("make", "reference"): "to",
    ("make", "mention"): "of",
    ("raise", "questions"): "about over",
    ("raise", "concerns"): "about over",
    ("raise", "doubts"): "about over",
    ("raise", "awareness"): "of about",
    ("lay", "blame"): "on",
    ("find", "fault"): "with",
    ("make", "fun"): "of",
    ("throw", "support"): "behind",
    ("put", "emphasis"): "on",
    ("lay", "emphasis"): "on",
    ("give", "praise"): "to",
    ("give", "assessment"): "of to",
    ("make", "comments"): "about on",
    ("make", "remarks"): "about on",
    ("make", "statements"): "about on",
    ("ask", "questions"): "about on",
    ("offer", "praise"): "for",
    ("voice", "support"): "for",
    ("express", "support"): "for",
    ("express", "condolences"): "to",
    ("offer", "condolences"): "to",
    ("extend", "condolences"): "to",
}

# Nouns that name words of somebody else: "a quote from X", "testimonies by two survivors"
QUOTING_NOUNS = {
    "quote",
    "quotes",
    "quotation",
    "quotations",
    "testimony",
    "testimonies",
    "excerpt",
    "excerpts",
    "words",
}
QUOTING_VERBS = {
    "present",
    "give",
    "offer",
    "include",
    "carry",
    "contain",
    "use",
    "feature",
    "cite",
    "publish",
    "show",
    "read",
}

# Particles that make one cue with the verb before them
PARTICLES = {"out", "up", "back", "off", "on", "down", "in"}

# A clause may hang on these nouns: "his claim that ...", "accusations of ..."
CLAUSE_NOUNS = set(
    """
    claim assertion allegation argument warning promise pledge suggestion contention prediction concern complaint
    conviction insistence admission acknowledgment acknowledgement assurance announcement declaration denial
    revelation rumor rumour speculation estimate vow remark observation impression suspicion confession boast
    criticism testimony belief point case
    """.split()
)

# Noun: the prepositions its content hangs on, when the noun has an owner ("Mr. X's call for ...")
OBJECT_NOUNS = {
    "criticism": "of",
    "criticisms": "of",
    "call": "for",
    "calls": "for",
    "endorsement": "of",
    "condemnation": "of",
    "praise": "for of",
    "complaints": "about",
    "complaint": "about",
    "accusations": "of",
    "accusation": "of",
    "allegations": "of about",
    "demand": "for",
    "demands": "for",
    "denunciation": "of",
    "denunciations": "of",
    "rejection": "of",
    "promise": "to of",
    "promises": "to of",
    "pledge": "to",
    "pledges": "to",
    "vow": "to",
    "vows": "to",
    "threat": "to",
    "threats": "to",
    "refusal": "to",
    "decision": "to",
    "description": "of",
    "descriptions": "of",
    "depiction": "of",
    "characterization": "of",
    "objections": "to",
    "objection": "to",
    "disdain": "for",
    "admiration": "for",
    "disapproval": "of",
    "skepticism": "of about",
    "mockery": "of",
    "frustration": "with over at",
    "denial": "of",
    "questions": "about",
    "doubts": "about",
    "concerns": "about over",
    "remarks": "about",
    "comments": "about",
    "statements": "about",
    "warning": "of about",
    "warnings": "of about",
    "rebuke": "of",
    "rebukes": "of",
    "opposition": "to",
    "support": "for",
    "view": "of",
    "views": "of on",
}

# be + adjective + that / to / about
CLAUSE_ADJECTIVES = set(
    """
    confident sure certain convinced concerned worried afraid fearful hopeful optimistic pessimistic skeptical sceptical
    aware unaware happy glad proud angry disappointed adamant clear unclear cautious doubtful mindful pleased
    delighted surprised shocked alarmed appalled outraged furious sorry thankful grateful positive keen
    determined eager willing unwilling reluctant ready hesitant loath anxious opposed supportive critical tired
    dismissive wary leery suspicious contemptuous disdainful fond enthusiastic excited upset frustrated unhappy
    dissatisfied satisfied disgusted horrified offended dubious agnostic open committed resigned
    insistent emphatic blunt careful
    """.split()
)
ADJECTIVE_PREPS = {"of", "about", "with", "to", "by", "at", "over", "for", "on"}

# heads that may follow "according to" adverbs
HEDGES = {"reportedly", "allegedly", "purportedly", "supposedly", "ostensibly", "rumoredly", "seemingly"}
SEEMING = {"seem", "appear", "sound", "look", "feel"}
# passive verbs that report without saying who: "is expected to", "is said to"
RAISING = set(
    """
    expect believe say report know allege think project claim rumor rumour suppose schedule predict
    understand estimate consider deem see view regard perceive assume hold presume feel widely
    call dub name label describe declare term title nickname brand poise slate set require intend design bill reveal
    show announce assess accuse charge suspect note mention state disclose find
    """.split()
)

DOCUMENT_NOUNS = set(
    """
    report study poll survey film documentary book article letter statement resolution document documents paper record
    records website site program programme broadcast transcript memo email emails ruling opinion complaint lawsuit
    filing filings indictment affidavit interview speech story newspaper magazine agency data evidence research
    analysis results figures statistics photos video footage images tweet tweets post ad ads spot editorial column
    piece essay motion declaration treaty bill law act
    """.split()
)

TITLES = set(
    """
    president director chairman chairwoman chair professor spokesman spokeswoman spokesperson head chief officer vice
    founder co-founder executive editor senator congressman congresswoman governor mayor minister secretary ambassador
    strategist adviser advisor analyst manager author scholar fellow researcher economist leader member lawyer attorney
    aide consultant expert partner historian scientist activist organizer coordinator representative commissioner
    sheriff judge general colonel deputy journalist writer reporter correspondent publisher student teacher owner
    resident voter supporter veteran democrat republican sen. rep. gov. dr. mr. mrs. ms. prof. gen. col. capt. lt.
    pollster candidate nominee columnist host critic pastor bishop priest rabbi imam captain sergeant coach player
    actor actress singer artist poet novelist survivor witness eyewitness consul envoy diplomat official
    """.split()
)

# ---- small sets that single constructions ask for -------------------------------------------

CLOSERS = {".", "?", "!", ";", ")", "]", "...", "…", "—", "–", "--", ":"}
WH_CLAUSE = {"whether", "if", "how", "why", "what", "where", "when", "who", "which"}
ADJUNCT_PREPS = {
    "in",
    "on",
    "at",
    "to",
    "during",
    "after",
    "of",
    "with",
    "by",
    "from",
    "before",
    "via",
    "as",
    "for",
    "about",
    "through",
    "since",
    "over",
    "into",
    "against",
}
HEARER_VERBS = {
    "tell",
    "inform",
    "notify",
    "remind",
    "assure",
    "reassure",
    "warn",
    "advise",
    "ask",
    "convince",
    "persuade",
    "brief",
}
FRAMES = {"postposed", "postposed-clause", "postposed-any", "inverted", "according"}
OWN_CLAUSE = {
    "that",
    "bare",
    "quote",
    "hearer",
    "wh",
    "bare-strict",
    "hearer-to",
    "object",
    "prep",
    "infinitive",
    "gerund",
    "hearer-about",
}
LIGHT = {"make", "give", "issue", "deliver", "offer", "have", "level", "launch", "hold", "show", "take"}
HEADINGS = {
    "latest",
    "note",
    "notes",
    "update",
    "updates",
    "watch",
    "video",
    "photo",
    "photos",
    "exclusive",
    "breaking",
    "analysis",
    "opinion",
    "review",
    "name",
    "correction",
    "part",
    "contributing",
    "image",
    "source",
    "sources",
    "credit",
    "editor",
    "by",
    "related",
    "more",
    "read",
    "text",
    "abstract",
    "age",
    "city",
    "caption",
    "date",
    "time",
    "place",
    "results",
    "live",
}
INVERTING = {
    "say",
    "write",
    "add",
    "ask",
    "explain",
    "report",
    "warn",
    "argue",
    "note",
    "tweet",
    "announce",
    "recall",
    "claim",
    "observe",
}
TIME_NOUNS = {
    "year",
    "years",
    "month",
    "months",
    "week",
    "weeks",
    "day",
    "days",
    "hours",
    "time",
    "decades",
    "example",
    "instance",
    "now",
    "moment",
    "date",
    "reasons",
    "minutes",
    "part",
}
PASSIVE_AS = {
    "accuse",
    "see",
    "know",
    "describe",
    "portray",
    "regard",
    "view",
    "consider",
    "cast",
    "identify",
    "charge",
    "blame",
    "criticize",
    "quote",
    "cite",
    "praise",
    "depict",
    "characterize",
    "recognize",
    "condemn",
    "convict",
    "mock",
    "hail",
    "credit",
}
ADJ_TO = {
    "eager",
    "willing",
    "unwilling",
    "reluctant",
    "ready",
    "determined",
    "happy",
    "afraid",
    "proud",
    "hesitant",
    "loath",
    "anxious",
    "opposed",
    "keen",
    "glad",
    "sorry",
    "pleased",
    "resigned",
    "committed",
    "open",
    "delighted",
}
INFINITIVE_NOUNS = {
    "plan",
    "promise",
    "pledge",
    "vow",
    "threat",
    "refusal",
    "decision",
    "desire",
    "willingness",
    "reluctance",
    "intention",
    "hope",
    "wish",
    "proposal",
    "request",
    "bid",
    "invitation",
    "offer",
}

# ---- closed classes ----------------------------------------------------------------------------

DETERMINERS = set("the a an this these those some any no each every another such both either neither".split())
POSSESSIVES = set("his her its their our my your whose".split())
SUBJECT_PRONOUNS = set(
    "he she they it i we you who everyone everybody nobody someone somebody anyone anybody none "
    "others many most few several all both one another some".split()
)
OBJECT_PRONOUNS = set(
    "him them us me her it you himself herself themselves itself themself myself ourselves".split()
)
PREPOSITIONS = set(
    """
    in on at by for from to with of about during after before into against over under through between among since until
    within without upon via amid despite toward towards across behind beyond near outside inside around along
    per out off like unlike except besides beneath throughout following regarding concerning including versus alongside aboard
    """.split()
)
SUBORDINATORS = set(
    """
    that because while when if although though whereas since after before until unless so than whether as once where
    whereby
    """.split()
)
WH = set("who which whom what how why where when whoever whatever".split())
MODALS = set("will would can could may might must shall should 'll 'd wo ca ought".split())
BE = set("is are was were be been being am 'm 're".split())
HAVE = set("has have had having 've".split())
DO = set("do does did".split())
NEGATIONS = set("not n't never nor".split())
ADVERBS = set(
    """
    ago earlier seldom rarely sometimes meantime nonetheless nevertheless fully openly widely
    also again then later now already still once ever even just only first further repeatedly recently previously here
    too so often always soon instead thus quickly clearly both merely simply rather quite long almost perhaps maybe
    herself himself themselves itself all probably certainly indeed originally initially eventually finally
    nearly hardly barely twice together yet however though therefore meanwhile
    """.split()
)
COORDINATORS = {"and", "or", "but", "nor", "yet", "&"}
LEADING = set(
    """
    but and yet still however meanwhile instead moreover furthermore also then so now later nevertheless nonetheless
    similarly additionally indeed or though although because while when as since if perhaps maybe besides
    likewise otherwise plus thus hence therefore overall eventually finally earlier
    """.split()
)
TIME_WORDS = set(
    """
    monday tuesday wednesday thursday friday saturday sunday yesterday today tonight tomorrow earlier later january
    february march april june july august september october november december jan. feb. mar. apr. aug. sept. oct. nov.
    dec. recently previously afterward afterwards
    """.split()
)
LY_NOUNS = set(
    "family italy july kelly emily billy sally molly reply assembly anomaly monopoly ally rally bully jelly "
    "supply fly early daily weekly monthly yearly elderly likely unlikely friendly deadly lovely ugly only "
    "holy silly lonely costly timely orderly melancholy reilly o'reilly connolly holly polly lily".split()
)
LY_NOT_ADVERB = LY_NOUNS

ABBREVIATIONS = set(
    """
    mr mrs ms dr prof gen sen sens rep reps gov govs lt col sgt st jr sr inc corp co ltd vs no fig jan feb mar apr jun
    jul aug sep sept oct nov dec u.s u.k u.n d.c a.m p.m e.g i.e etc capt cmdr maj adm rev hon pres ph.d ariz ark calif
    colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev n.h n.j n.m n.y n.c n.d okla ore pa
    r.i s.c s.d tenn tex va vt wash wis wyo supt ft mt dept univ assn bros messrs mme mlle sra est approx
    """.split()
)

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
    remove protect ensure improve prevent achieve acquire adapt adjust advance afford alter apologize arrange assign
    assist assume assure attain attract award ban base beat benefit block boost borrow breathe burn cancel capitalize
    celebrate charge chase check claim clean collapse combat combine compete compile complete comply compose compromise
    concentrate conduct connect consist construct consult consume contribute convert convict cooperate cope
    correct cost count crack crash curb cure damage date deal decline decorate decrease defeat deliver deny depart
    deploy deport derail design develop devote differ disagree disappear display distribute divide dominate donate double
    doubt earn ease educate eliminate embarrass emerge emphasize employ enact encounter enforce engage enhance
    ensure entertain equal escape establish evolve exceed execute exercise expand explode export express extend
    facilitate finance fix float focus forgive found fuel fund generate govern grant greet guarantee guard guide halt
    harm head heal highlight hurry identify ignore illustrate immigrate impact implement import impose impress
    improve incorporate indulge inherit initiate injure insert inspect inspire install integrate interfere interrupt
    intervene introduce invent invest investigate isolate issue justify kidnap kneel land last launch lead lift limit
    link list load locate lock lower maintain market master match matter mention merge mobilize mount murder
    negotiate obtain occupy offend offset organize originate outpace overcome overwhelm owe participate persist
    persuade pick place plant plunge pour practice prepare preserve proceed process prohibit promote prosecute prove
    publish punish purchase pursue qualify race rank rape reach react realize rebuild receive recover recruit redirect
    refrain refuse regain register regulate release relax relieve relocate remove rename renew rent repair repeal
    report represent rescue reserve reset resist restore restrict resume retain retire retreat reverse revive
    reward risk rob roll rule rush sail satisfy scare score scrap scream secure select separate settle shake shape
    share shift shock shop shrink slash slip slow smoke solve sort spark speed split sponsor spot stage stem step stick
    stir strengthen stretch strip struggle submit succeed suit supply suppress surpass surprise surrender survey
    suspend sustain sway swing switch tackle tax tear terminate test threaten tie top torture tour track trade train
    transfer transform translate transport trap treat trigger triumph trust tweak unify unleash unveil update uphold
    upset urge utilize vanish violate vow wage wander warm wash waste weaken welcome widen wipe withstand wonder worsen
    wound wrap yield
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
    if base in DOUBLING or base in {
        "put",
        "set",
        "run",
        "let",
        "get",
        "cut",
        "sit",
        "hit",
        "win",
        "begin",
        "bet",
        "quit",
        "shut",
    }:
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
    for word, kind in (
        (base, "base"),
        (_s_form(base), "s"),
        (past, "past"),
        (part, "part"),
        (_ing(base), "ing"),
    ):
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
