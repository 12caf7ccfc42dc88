"""English."""

from typing import Final

from quotearchive.detection.languages.language import Language

ENGLISH: Final = Language(
    code="en",
    frequent="the of and to in that is was for with his her on as at by from said he she it not are but had",
    cues="""
        said says say saying told tells tell telling wrote writes write writing written added adds adding add
        called calls calling call continued continues tweeted tweets tweeting asked asks asking ask reported
        reports noted notes noting declared declares declaring described describes describing explained explains
        explaining stated states stating responded responds responding replied replies replying argued argues
        arguing concluded concludes concluding suggested suggests suggesting recalled recalls recalling read
        reads reading acknowledged acknowledges acknowledging warned warns warning claimed claims claiming
        remarked remarks remarking announced announces announcing insisted insists insisting joked jokes joking
        vowed vows vowing promised promises promising pledged pledges pledging urged urges urging blasted blasts
        accused accuses accusing pointed posted posts posting answered answers chanted chanting shouted shouting
        shouts yelled yelling boasted boasts lamented laments admitted admits admitting predicted predicts
        predicting cited cites citing proclaimed proclaims proclaiming quoted quotes quoting thought compared
        compares interjected asserted asserts asserting agreed agrees agreeing published criticized criticizes
        criticised condemned condemns denounced denounces denouncing defended defends repeated repeats repeating
        complained complains wondered wonders mused muses quipped quips blamed blames referred refers referring
        dismissed dismisses commented comments commenting emailed remembered remembers observed observes
        charging alleged alleges conceded concedes testified testifies demanded demands demanding praised
        praises praising likened expressed expresses indicated indicates elaborated emphasized emphasizes
        emphasised stressed stresses reiterated reiterates questioned questions thanked thanks echoed echoes
        mocked mocks hailed decried bemoaned slammed slams ripped derided labeled labels labelled dubbed deemed
        deems branded characterized characterizes denied denies denying assured assures replied retorted
        countered counters fired shot began begins opened finished ended ends whispered cried exclaimed murmured
        muttered sighed gasped growled snapped laughed smiled nodded shrugged screamed bellowed roared hissed
        pleaded begged sobbed drawled inquired enquired returned rejoined resumed interrupted interposed
        suggested offered confessed confirmed confirms confided maintained maintains contended contends
        cautioned cautions advised advises reminded reminds informed ordered instructed invited taunted teased
        tell recounted recounts relates related reflected reasoned estimated speculated theorized opined joking
        summarized summed sums replied texted messaged captioned titled headlined signed inscribed spoke speaks
        speaking talked talks talking mentioned mentions voiced uttered signaled hinted implied implies feared
        fears hoped hopes believes believed believe thinks think felt feels considers considered portray
        portrayed paint painted depicted cast touted touts attacked attacks lauded credited mentioned narrates
        intones sings sang penned blogged remarks chimed elaborates wants wanted
    """,
    cue_nouns="""
        statement letter interview email e-mail tweet tweets post message speech remarks comments release memo
        report op-ed column editorial essay note article blog book testimony briefing video telegram telegraph
        response reply question answer word words line headline caption slogan sign motto
    """,
    attributing="according per",
    male="he",
    female="she",
    plural="they",
    first_person="i we",
    neuter="it you someone somebody everyone nobody",
    objects="him them me us himself herself themselves myself itself",
    relatives="who whom which whose",
    determiners="""
        the a an his their its my our your this these those each every no any several two three four five six
        seven eight nine ten all most few her one another some many both such
    """,
    prepositions="""
        of to in on at by with from for about against between during after before under over into through
        without within near inside outside among across behind beyond like via upon toward towards amid around
        alongside despite than except since until including following regarding beside
    """,
    conjunctions="and or but nor yet & plus",
    subordinators="""
        that while when if because as although though whether where so how why what once unless whereas
    """,
    auxiliaries="""
        is was are were be been being has have had having will would can could may might must shall should do
        does did isn't wasn't aren't weren't hasn't haven't hadn't won't wouldn't can't couldn't doesn't don't
        didn't also ain't shouldn't
    """,
    adverbs="""
        then later earlier again once often repeatedly recently just even only still already never ever always
        quickly simply instead however too quietly softly loudly slowly clearly directly initially finally
        famously previously angrily bluntly flatly publicly privately reportedly further there here not
        sarcastically gently calmly suddenly indeed nonetheless nevertheless moreover meanwhile today yesterday
        tomorrow tonight now maybe perhaps well yes
    """,
    verbs="""
        went came made got took gave seemed seems appears became become held left kept won lost knew saw heard
        put let ran runs sat stood met makes takes gives comes goes gets wins loses plans hopes tried tries sent
        used leads led built brought bought faced failed needs took remains including
    """,
    particles="van von de der den del della di da la le el al bin ibn du dos das",
    male_titles="mr mr. sir lord king prince congressman chairman brother father rev rev. pope monsieur herr don",
    female_titles="mrs mrs. ms ms. miss lady queen princess congresswoman chairwoman sister madame mme dame",
    titles="""
        dr dr. sen sen. sens sens. senator senators rep rep. reps reps. gov gov. governor pres pres. president
        prof prof. professor judge justice gen gen. general col col. lt lt. sgt sgt. capt capt. captain rep
        representative minister chancellor mayor secretary ambassador attorney speaker commissioner sheriff
        deputy major detective officer cardinal bishop archbishop ayatollah imam sheikh st st. hon hon. maj maj.
        cmdr former vice prime
    """,
    calendar="""
        monday tuesday wednesday thursday friday saturday sunday january february march april june july august
        september october november december jan. feb. aug. sept. sep. oct. nov. dec. a.m. p.m. et american
        americans british russian french german chinese iranian muslim christian jewish catholic democratic
        republican islamic hispanic latino african european christmas easter thanksgiving twitter facebook
        youtube instagram mondays tuesdays wednesdays thursdays fridays saturdays sundays
    """,
    male_nouns="""
        man boy father son brother husband uncle grandfather nephew gentleman businessman spokesman congressman
        chairman actor king prince widower waiter guy billionaire tycoon
    """,
    female_nouns="""
        woman girl mother daughter sister wife aunt grandmother niece lady businesswoman spokeswoman
        congresswoman chairwoman actress queen princess widow waitress
    """,
    male_names="""
        james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony
        mark donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey
        jeff ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin ben samuel sam
        gregory greg frank alexander raymond patrick jack dennis jerry tyler aaron jose adam henry nathan
        douglas zachary peter kyle walter ethan jeremy harold keith roger terry lawrence sean gerald carl arthur
        albert joe jesse bryan billy bruce ralph roy eugene louis philip phil bobby bob bill jim jimmy tom tim
        mike dan dave steve rick rob ron don ken chris matt tony ted bernie barack marco jeb josh mitch newt
        rand lindsey ahmed ali mohammad mohammed muhammad hassan hussein hashem reza mehdi omar ibrahim abdul
        yusuf vladimir sergei ivan dmitri jean pierre jacques hans karl luis carlos juan miguel jorge pedro
        pablo alan neil barry craig glenn howard hugh ian jay jake joel jon karim leo leon lou luke martin max
        nick oliver oscar ross russell stuart todd vincent wayne
    """,
    female_names="""
        mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra
        margaret ashley kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca sharon
        laura cynthia dorothy amy kathleen angela shirley emma brenda pamela nicole anna samantha katherine
        christine helen debra rachel carolyn janet maria catherine heather diane olivia julie joyce victoria
        ruth virginia lauren kelly christina joan evelyn judith andrea hannah megan cheryl jacqueline martha
        madison teresa gloria sara janice ann anne kathryn abigail sophia frances jean alice judy isabella julia
        grace amber denise danielle marilyn beverly charlotte natalie theresa diana brittany doris kayla alexis
        lori hillary ivanka melania carly chelsea kate katie jane jill jenny huma maryam fatima zahra leila
        nasrin narges shirin aisha elena olga irina marie claire monica rosa carmen ana nikki susana loretta
        debbie wendy gabby megyn tina sally
    """,
    groups="""
        officials critics supporters people police aides analysts reporters prosecutors researchers scientists
        experts democrats republicans lawmakers protesters activists voters residents witnesses authorities
        leaders members students teachers workers women men lawyers doctors parents scholars historians
        observers opponents advocates sources families investigators detectives conservatives liberals others
        colleagues friends organizers advisers economists strategists reports users
    """,
    labels="""
        so-called known titled entitled named nicknamed dubbed term terms word words phrase slogan song film
        movie book show program programme series album play novel documentary podcast magazine newspaper name
        label called headlined
    """,
    charges="charge charges charged count counts conviction convicted guilty accusation accusations sentenced",
    bodies="""
        ministry department university association council committee bank institute house court office union
        party league board bureau agency society academy college school center centre federation organization
        foundation chamber church city state republic kingdom museum secretary commission congress conference
    """,
    body_links="of for on the",
    short_titles="""
        sen=senator gov=governor rep=representative gen=general prof=professor dr=doctor col=colonel
        lt=lieutenant sgt=sergeant capt=captain pres=president
    """,
    definite="the this that",
    salutations="dear to",
    stops_inside=True,
    verb_endings=("ed", "ing"),
    abbreviations="""
        Mr Mrs Ms Dr Sen Sens Rep Reps Gov Govs Prof Gen Col Lt Sgt Capt Rev St Hon Maj Cmdr Jr Sr Pres Jan Feb
        Aug Sept Sep Oct Nov Dec No vs Inc Co Corp Ltd Ave
    """,
)
