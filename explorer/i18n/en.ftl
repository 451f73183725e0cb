# The interface's texts. Each has its twin in zh-CN.ftl; tests/test_i18n.py compares the two files.

app-name = Branchmap
opening = Opening the data …
pair = { $heading }: { $value }
counted = { $text } ({ $count })
list-comma = { ", " }
list-semicolon = { "; " }
nothing = nothing
language = Language
names-masked = Members' names are masked. To see them, ask the administrator for the right to names.
names-shown = Members' names are shown: treat them as confidential.

help = About this page
help-overview = Coverage rates, totals and open problems of the whole sub-district or of a chosen place. Each number leads to its list; the monthly pack is made here.
help-graph = How units, party organisations, members and areas belong together, as a picture. Find things, double-click to expand, find the way between two, save the picture.
help-register = Units, party organisations, members and more as tables: choose columns, filter, sort, group and export.
help-gaps = All problems with owner, date and state. Arrange them one by one or together, and export the work list.
help-what-if = What new branches, instructors and other measures would change in rates and problems. Nothing is written.
help-questions = Ready questions and their answers; a sentence finds its question.
help-entity = Everything about one thing: its ties, history, problems and notes. It can be printed.
help-load = Load survey workbooks or your own tables. They are checked first and written only when confirmed; the last load can be undone.
help-words = Words
help-glossary =
    - **Organisation coverage**: the unit has a branch, its own or a joint one.
    - **Work coverage**: the unit has a branch, or a liaison or instructor, or a trade union or youth league organisation.
    - **Due-branch rate**: of the units with three or more full members, the share that has a branch of its own.
    - **Blank spot**: a party organisation or party work should be there and is not.
    - **Irregular**: there is a party organisation, but its form, committee or meetings are not as they should be.
    - **Data question**: what was surveyed is incomplete or contradicts itself, and has to be checked.
    - **Cleared**: a problem was found to be solved and left the list.
    - **Round**: all results of one survey.
page-overview = Overview
page-graph = Graph
page-gaps = Problems
page-load = Load

picture-title = { $subject } · graph
picture-footer = Survey round { WHEN($round) } · loaded { WHEN($loaded) } · Branchmap

first-title = Where to begin
first-intro = There are no data yet. Begin in one of these ways.
first-own = Bring your own tables
first-own-about = Rosters of members, registers of party organisations and units can be loaded as they are. Columns are matched and cells checked first; nothing is written before you confirm.
first-own-do = Load data
first-template = Fill in a blank survey
first-template-about = Download the blank survey workbook, have it filled in area by area, and load it.
first-sample = Try the sample
first-sample-about = An invented sub-district in two rounds, for getting to know the program. It can be cleared at any time.
first-sample-do = Load the sample
first-sample-loading = Loading the sample …
sample-note = About this sample
sample-note-about = What is shown is invented, for getting to know the program. For your own data, clear the sample first, then load your tables under “{ page-load }”.
sample-leave = Clear the sample
error-title = The data cannot be opened just now
error-engine-gone = The data service has stopped and is being started anew; what was loaded is still there. If it happens again, ask the administrator.
error-details = Details (for the administrator)
error-retry = Try again
error-next = Wait a moment and press “{ error-retry }”; if that does not help, ask the administrator.
error-next-bundled = Ask the administrator to look at it.

overview-subtitle = Survey round { WHEN($round) }, as of { WHEN($as_of) }, loaded { WHEN($loaded) }
overview-totals = Control totals
overview-reconciled = as declared
overview-not-reconciled = declared { $declared }, difference { $difference }
overview-undeclared = not declared
overview-since = since the last round ({ WHEN($round) })
overview-rates = Coverage rates
overview-rate-detail = { $numerator } of { $denominator } companies
overview-rate-none = No company to count
rule = Kind of problem
severity = Grade
gaps-of = { $gaps } of { $population }
gaps-unknown = { $unknown } unknown
gaps-inside = Problems inside
gaps-inside-open = Open these problems
gaps-none = No problems found
gaps-failed = This could not be checked: ask the administrator.
open = Open

search = Find
search-hint = Name, pinyin or initials, such as 新桃源 or xty
search-none = Nothing is called “{ $text }”. Try the pinyin initials, or a part of the name.
search-masked = Finding people needs the right to names.
depth = Steps
back-to-start = Whole sub-district
graph-hint = Click for details, double-click to expand or fold, wheel to zoom, drag to move.
graph-cypher = The query of this picture (for analysts)
graph-cypher-hint = It finds everything in the picture, the legend’s filters left aside. Analysts may copy it into the query box of the page “{ page-questions }”.
graph-cut = Too much to show: only the first { $limit }. Take fewer steps, or start from one residential area.
graph-empty = Nothing to show. Switch a type on, or go back to the whole sub-district.
graph-table = Table
unfold = Expand
fold = Fold
centre = Centre on it
panel-none = Click something in the picture; its details appear here.
panel-facts = Facts
panel-ties = Ties
panel-gaps = Problems and what is not known
panel-source = Source
panel-source-at = Round { WHEN($round) }, file “{ $file }”, sheet “{ $sheet }”, row { $row }
panel-source-cells = Round { WHEN($round) }, file “{ $file }”, sheet “{ $sheet }”, cells { $cells }
panel-rounds = Survey rounds
seen-first = Listed for the first time
seen-back = Listed again
seen-listed = Listed, nothing changed
seen-changed = Listed, with changes
seen-unmentioned = A partial load, which did not mention it
seen-absent = Not listed
seen-dated = { $text } (loaded { WHEN($at) })
seen-value = { $heading }: { $before } → { $after }
seen-hidden = { $heading }: changed (you may not see the value)
seen-empty = empty
seen-tie = { $tie } { $names }, { $facts }
seen-added = New, { $tie }: { $names }
seen-removed = No longer, { $tie }: { $names }
seen-some = { $names } and others, { $count } in all
seen-gone = something that is no longer in the data
seen-older = Earlier rounds were not loaded on this computer; nothing is known of them here.
panel-more = { $count } more
column-type = Type
column-name = Name
column-ties = Ties
save-picture = Save the picture
save-file = graph
link-unknown-question = There is no such query as the link names (renamed or removed): choose one.
link-unknown-rule = There is no such kind of problem as the link names (renamed or removed): choose one.
link-unknown-filter = Some of what was filtered by is not in the present data and was left out; below is what the rest gives.
focus-unknown = What the link points to is not in the present data: showing the whole sub-district.

gaps-choose = Choose a kind of problem
gaps-population = Looked at: { $population }
gaps-figure = { $gaps } problems among { $population }, { $unknown } not known
gaps-clause = Clause
gaps-advice = Advice
gaps-list = List
gaps-tab-gap = Problems ({ $count })
gaps-tab-unknown = Not known ({ $count })
gaps-tab-ok = In order ({ $count })
gaps-pick = Choose a row: its picture appears below.
gaps-why = Reason
gaps-picture = Picture
gaps-on-graph = Open in the graph
gaps-cypher = Query (for analysts)
gaps-list-empty = None.
gaps-page = Page (of { $last }, { $rows } rows each)
gaps-too-many = There are { $count } problems, more than the { $most } that fit into one table: look at them kind by kind.
rule-faults = Some criteria are set up wrongly, and their problems cannot be checked; ask the administrator.

load-intro = Choose the survey tables of this round (Excel, CSV or an archive). They are checked, what would change is listed, and nothing is written before you confirm.
load-files = Survey workbooks
load-round = Round (year-month)
load-round-hint = from the files, or such as 2006-10
load-round-from = Round { WHEN($round) } is from { $source }; change it where it is another one.
load-round-guessed = Neither file names nor titles say which round this is, so this month ({ WHEN($round) }) was filled in. Look at it, then press “{ load-check }”.
load-complete = This is a complete round
load-complete-hint = When ticked, whatever these workbooks do not mention is removed. Leave it off when loading some areas only.
load-check = Check
load-checking = Checking …
load-step = { $what }: { $done } of { $of }
load-step-read = Reading
load-step-rows = Reading rows
load-step-same = Comparing the files
load-step-write = Writing
load-apply = Confirm and load
load-applied = Round { WHEN($round) } is loaded.
load-blocked = { $count ->
    [one] One fault must be mended first.
   *[other] { $count } faults must be mended first.
 }
load-warned = { $count ->
    [one] One hint, which does not keep the load back.
   *[other] { $count } hints, which do not keep the load back.
 }
load-clean = Checked: no faults found.
load-problems = What the check found
load-plan = What would change
load-plan-complete = A complete round: whatever it does not mention is removed.
load-plan-partial = A partial load: only adds and changes. What the workbook has no column for stays. A tie that takes one name (employer, branch, secretary) leaves the old one; nothing else is removed.
load-added = Added
load-changed = Changed
load-removed = Removed
load-moves = { $count ->
    [one] One member changes employer or branch
   *[other] { $count } members change employer or branch
 }
load-reconcile = Declared and found
load-declared = Declared
load-found = Found
load-difference = Difference
load-template = Download a blank template
load-template-all = all columns
load-template-full = Download a blank template with all columns
load-pick = Choose files
load-pick-hint = Or drop them here: Excel or WPS tables, CSV and text, tables of web pages, archives of these; at most 200 MB a file.
load-missing = Choose the files first.
load-round-wrong = Write the round as year-month, such as 2006-10.
load-file = File
load-sheet = Sheet
load-cell = Cell
load-value = Value
load-what = What is wrong
load-right = What would be right
load-line-value = “{ $value }”: { $what }
load-line-right = Right: { $right }
load-first = The first { $count } are listed here; all of them are in the table below, and marked in the workbooks.
load-kind = Kind
load-blocking = Must be mended
load-warning = Hint

# The graph page
undo = Undo
redo = Redo
walk-back = Back to the place before
walk-forward = Forward to the next place
layout = Layout
layout-force = Automatic
layout-areas = By area
layout-hierarchy = Hierarchy
layout-circle = Circle
layout-joint = Joint branches
steps-shown = { $count ->
    [one] 1 step
   *[other] { $count } steps
 }
tidy-hint = Lays everything out anew; what is pinned stays where it is.
connect = Find a path
show-hidden = Show hidden
unlight = Clear highlight
expand-ask = Expanding “{ $name }” adds { $count } more: { $kinds }. Show them all?
expand-yes = Show all
expand-no = Cancel
unfold-two = Expand 2 steps
hide = Hide
pin = Pin
unpin = Unpin
path-end = Path
path-end-hint = Choose one as the start, then another as the end.
path-from = From
path-to = To
path-pick = Choose or type a name
path-swap = Swap the two ends
path-ties = Only by these ties
path-any-tie = Any tie
path-all = All shortest
path-hub = Also over the sub-district
path-hub-help = Everything is tied to the sub-district: a path over it says little, so none is taken unless asked for.
path-none-but-hub = No path was found that does not lead over the sub-district. Tick “Also over the sub-district”, or allow more ties.
path-find = Find
path-found = { $count ->
    [one] One shortest path of { $steps } steps, lit in the picture.
   *[other] { $count } shortest paths of { $steps } steps, lit in the picture.
 }
path-more = More than { $count } shortest paths of { $steps } steps; the first { $count } are lit.
path-none = Nothing connects these two. Try allowing more ties.
path-stopped = No path within { $steps } steps. Try another start, or allow more ties.
path-between = Path between the two
several-title = { $count } selected
several-none = Clear selection
several-alike = What they share
several-common = Tied to several of them
several-nothing = They have no neighbour in common. Try “Find a path”.
several-light = Light in the picture
of = { $part } of { $whole }
panel-edge-move = Drag, or press the left and right arrow keys, to make the panel wider or narrower
panel-edge-fold = Fold the panel
panel-edge-open = Open the panel
graph-details = Details
panel-entity = See everything about it
column-gap = Problem

page-entity = Details
page-questions = Queries
save-scale = PNG size
save-whole = The whole picture is saved, also what is outside the frame; places, filters, dark or light, and names as on the canvas.
save-unnamed = Names are hidden on the canvas: pictures, PDF and page show none; tables and graph files, which are for other programs, still do.
save-masked = The file shows what the screen shows: names are masked.
find-hint = Name, pinyin or initials, such as 新桃源 or xty; or company: xty
find-near = Nothing is called exactly so; these come close:
find-more = There are more: write more of the name
entity-none = Find a unit, branch or area in the box above, or open one from the graph or the list of problems.
entity-unknown = What the link points to is not in the present data: it may have another name now, or the new round lacks it. Look for it in the box above.
entity-graph = Open in the graph
entity-print = Print
entity-no-facts = The survey says nothing else of it.
entity-left-empty = Left empty
entity-unknown-chip = Not known
entity-rule = See this kind of problem
entity-cut = There are too many ties to list: these are some of them. Expand it in the graph for all.
entity-no-ties = No ties.
entity-timeline = Timeline
entity-no-timeline = No dates.
entity-stated = Last stated in round { WHEN($round) }
entity-round = Survey round: { $said }
entity-first-seen = Problem first seen: { $rule }
entity-cleared-in = Problem settled: { $rule }
entity-tie-date = { $what } · { $tie }
notes = Notes
notes-hidden = The text may hold names: shown only to those who may see them.
notes-masked = Once saved, the text is shown only to those who may see names.
notes-write = Write a note
notes-author = By
notes-add = Add the note
notes-remove = Remove
question-all = All questions
question-needs = To choose: { $blanks }
question-typed = Ask in a sentence
question-typed-hint = e.g. who is responsible for Tanxiang
question-typed-none = No question reads like that. Try other words, or choose one below.
question-remove = Delete this question
question-remove-sure = Nobody here will see this question any more.
question-remove-do = Delete it
query-blanks = The query has something to choose in it (beginning with $): keep it as a ready question first, then choose.
query-keep = Keep as a ready question
query-keep-hint = Everybody at this office with the right to names can then ask it. What begins with $ in the text is chosen from a list.
query-keep-name = Its name
query-keep-blank = “${ $name }” stands for
query-keep-do = Keep it
question-blank = Choose, or type to search
question-fill = Choose above first; the answer appears here.
question-nothing = Nothing matches.
question-rows = { $count ->
    [one] One row
   *[other] { $count } rows
 }
question-more = ; there are more
question-open = Open “{ $name }”
question-faults = Some queries are set up wrongly and cannot be used; ask the administrator.
query-box = A query of your own (for analysts)
query-needs-names = A query can ask for people's names, so it needs the right to names. Ask the administrator.
query-limits = Reading only: nothing is changed, no files are read. At most { $rows } rows; it stops after { $seconds } seconds.
query-text = Query
query-run = Run
query-running = Asking …
query-answer = Answer
query-no-graph = The answer holds nothing that can be drawn. For a picture, return the things themselves or their keys.

# Rates apart, the list of problems, measures
page-what-if = Measures
rates-by = Rates apart
rates-list = List of companies
rates-operating = Operating
rates-apart = Unknown
rates-closed = Closed or shell
rates-trend = Rates over the rounds
rates-trend-one = Only one round so far: there is no change to show yet.
rates-change = Since the last round ({ WHEN($round) })
rates-points = { $points } points
rates-why = { $progress } real progress, { $base } change of the base
rates-progress = { $gained } newly covered, { $lost } no longer covered
rates-base = { $joined } came, { $left } left
rates-list-covered = { $count } covered
rates-list-uncovered = { $count } not covered
rates-list-apart = { $count } unknown (apart)
rates-list-closed = { $count } closed (apart)
rates-moves-list = Companies that changed
company-move = Change
company-gone = (not in the present data any more)
move-gained = covered now
move-lost = not covered any more
move-joined = new
move-left = gone
members-list = List of members
members-count = { $count ->
    [one] One member
   *[other] { $count } members
}
members-cut = Only the first { $shown } are listed.
members-name = Name
members-branch = Branch
members-pick = Choose a row to open it in the graph.
company-name = Company
company-ownership = Ownership
company-status = Status
company-organised = Has a branch
company-alone = Branch of its own
company-reached = Reached
company-members = Members
company-count = { $count ->
    [one] One company
   *[other] { $count } companies
}
company-open = Open in the graph
company-pick = Choose a row to open it in the graph.
overview-severity = Problems by grade
overview-areas = Areas with most problems
overview-areas-open = Click a row for the problems of that area
overview-by-rule = Problems by kind
overview-worst = Open problems:
overview-overdue = Overdue
overview-new = New in this round
overview-cleared = Settled in this round
overview-area = Area
gaps-view = View
gaps-view-list = All problems
gaps-view-rule = By kind
filter-rule = Kind of problem
filter-severity = Grade
filter-area = Area
filter-area-none = In no area
filter-owner = Owner
filter-owner-none = Nobody yet
filter-state = State
filter-life = Change
filter-text = Name of the subject
filter-all = All
filter-clear = Clear filters
life-new = New
life-continuing = Continuing
life-reopened = Seen again
life-cleared-now = Settled in this round
life-cleared = Settled
life-unknown = Unknown now
state-overdue = Overdue
gaps-shown = { $count } shown of { $total } not settled
gaps-of-them-unknown = { $count } of them not known in this round, not counted as problems
gaps-overdue = { $count } of them overdue
gaps-none-fit = No problem fits.
gaps-none-fit-hint = Widen or clear the filters.
gaps-tick = Tick
gaps-rounds = Rounds
gaps-first = First seen
gaps-subject = Subject
gaps-edit-hint = Owner, due date, state and note can be edited in the table. Tick rows to assign them together, or one for its details.
gaps-bulk = Assign several
gaps-bulk-ticked = { $count } ticked
gaps-bulk-all = All { $count } shown
gaps-bulk-to = Assign
gaps-bulk-keep = No change
gaps-bulk-clear = Take these away
gaps-bulk-save = Confirm
gaps-bulk-none = Fill in what is to be assigned, and tick the problems first.
gaps-saved = { $count ->
    [one] One problem saved.
   *[other] { $count } problems saved.
}
gaps-due-hint = such as 2006-11 or 2006-11-30
gaps-detail = Details of the problem
gaps-detail-none = Tick one problem: its reason, source, advice and picture show here.
gaps-seen = First seen { WHEN($first) }, last { WHEN($last) }, in { $rounds ->
    [one] one round
   *[other] { $rounds } rounds
}
gaps-cleared-in = Settled in the round { WHEN($round) }
gaps-cleared-rule = Settled by a change of the criteria (round { WHEN($round) })
gaps-is-unknown = This round left open whether the problem still is there, so it is not settled.
gaps-rule-gone = This kind of problem is not looked for now; the old ones stay as they were.
gaps-worklist = Work list (Excel)
gaps-worklist-by = Sheets
gaps-worklist-area = One for each area
gaps-worklist-owner = One for each owner
gaps-pack = Monthly pack
gaps-pack-docx = Word document
gaps-pack-pdf = PDF
pack-take = Download { $what }
pack-making = Making { $what } …
pack-step-pack = Making { $what }: part { $done } of { $of }
pack-step-paper = Writing { $what }: block { $done } of { $of }
pack-stop = Stop
gaps-take = Export
whatif-intro = Tick what might be done, and see how the rates and the problems would change. Nothing in the data is touched.
whatif-add = Add an action
whatif-kind = Action
whatif-unit = Unit
whatif-units = Units (two or more)
whatif-target = Unit or commercial area
whatif-member = Member
whatif-branch = Receiving branch
whatif-members = Take in the members who work there
whatif-add-do = Add
whatif-suggested = Suggested by the list of problems
whatif-suggested-hint = From the rules on own branches and on companies that nothing reaches.
whatif-actions = Actions ({ $count })
whatif-none = No actions yet. Tick suggestions, or add your own.
whatif-remove = Remove
whatif-clear = Remove all
whatif-rates = The rates: now → then
whatif-gaps = Change of the problems
whatif-now = Now
whatif-then = Then
whatif-difference = Change
whatif-no-change = No number of problems would change.
whatif-closed = Problems that would be settled ({ $count })
whatif-opened = Problems that would be new ({ $count })
whatif-opened-hint = What the actions themselves make necessary, such as a secretary for a new branch.
whatif-save = Save as a proposal
whatif-name = Name of the proposal
whatif-saved = Proposal “{ $name }” is saved.
whatif-proposals = Saved proposals
whatif-open = Open
whatif-delete = Delete
whatif-proposals-none = No proposal is saved yet.
whatif-searching = Type a name or pinyin to search
whatif-not-found = Nothing found; try another spelling.
whatif-masked = Searching for members takes the right to see names.
whatif-gone = { $count ->
    [one] One action is about something that is not in the data any more; it was left out.
   *[other] { $count } actions are about things that are not in the data any more; they were left out.
}

# the load page: check, choice, plan, totals, history
load-templates = Survey templates
load-template-area = Filled in for which area
load-template-filled = Download the filled template
load-template-names = A filled template holds people's names, and is only for those who may see them; the blank one is for everybody.
load-checked = Checked
load-writing = Writing …
load-step-assemble = Building the graph
load-step-keep = Keeping the files
load-step-confirm = Noting the load
load-step-rules = Looking for problems
load-unaccounted = { $count } rows were neither read nor reported, so nothing can be loaded. Tell the administrator.
load-marked = Download the marked workbooks
load-marked-hint = The files that you uploaded, with every problem marked at its cell and a list of them as first sheet. Mend them and upload them again.
load-rows = { $rows } rows read = { $landed } in + { $problems } in problems + { $sums } sums
load-rows-all = Rows
load-rows-landed = In
load-rows-problems = In problems
load-rows-sums = Rows of sums
load-rows-declared = The sheet’s own sum
load-rows-unaccounted = Not sorted
load-merged = Merged
load-unmatched = Unmatched
load-rejected = Rejected
load-questions = Are these the same? ({ $count })
load-questions-hint = Nothing is merged by itself. Your answer is kept and not asked for again; the files are checked once more.
load-question = { $type } “{ $text }” and “{ $candidate }”: likeness { $score }
load-question-differs = They differ in: { $what }. The same person, corrected, or two people?
load-same = The same
load-not-same = Not the same
load-password = Password of { $files }
load-password-hint = Used for reading these files, and forgotten when they are loaded or given up; it is stored nowhere. Files with different passwords: one after the other.
load-password-use = Open
load-words = Words of lists: { $count } are not of their list; choose what they mean
load-words-read = Words of lists
load-words-hint = One answer does for all cells of a word. The nearest term comes first; choose, then check again.
load-word = “{ $word }”: { $property } of { $type }, { $count ->
    [one] one cell
   *[other] { $count } cells
}
load-word-means = What “{ $word }” means
load-word-choose = Choose
load-word-empty = Leave empty (not known)
load-words-known = Words that were read (as the nearest term, or as you chose)
load-words-check = Check again with these choices
load-words-nothing = Nothing new was chosen.
load-struck = Rows that are struck through
load-struck-ask = Not decided: they must be mended in the workbook (default)
load-struck-load = They still count: load them
load-struck-leave = They are void: leave them out
load-choice = While problems must be mended
load-choice-nothing = Load nothing until all is clean (default)
load-choice-clean = Load the clean rows now, leave the others for later
load-left-out = Not loaded for now: the rows or ties of { $count } faults, as listed under “{ load-blocking }” above; the list stays in the history with this load. The load is partial and removes nothing.
load-cancel = Cancel
load-cancel-hint = Give this check up; nothing is written
load-cancelled = Cancelled; nothing was written.
load-stop = Stop the load
load-stop-hint = Everything written so far is taken back: the data is as before the load
load-stopped-late = The stop had no effect: round { WHEN($round) } is loaded whole. If it is not wanted, undo it in “{ load-history }” below.
load-tab-figures = Figures
load-tab-list = List
load-tab-picture = Picture
load-list-part = Change
load-list-type = Thing or tie
load-list-said = Before → after
load-picture-signs = ＋ added　△ changed　－ removed　⇄ moved; without a sign: the other end of a tie.
load-picture-cut = Too much is affected: { $count } more are not drawn, see the list.
load-by-area = Declared by area
load-by-area-found = Found by area
load-explanation = Explanation
load-explanation-hint = Where they differ, write the reason into the column “Explanation”; it is kept with the round.
load-movement = Against what is held
load-opening = Opening
load-came = Came
load-left = Left
load-closing = Closing
load-unusual = { $count } unusual changes (more than a fifth and more than 5): please check.
load-unusual-mark = Unusual
load-history = History of loads
load-history-none = Nothing was loaded yet.
load-history-at = When
load-history-round = Round
load-history-state = State
load-history-scope = Scope
load-history-by = By
load-history-problems = What each load's check found
load-history-which = Which load
load-history-left-out =
    { $count ->
        [one] Only the clean rows were loaded: the row or tie of { $count } fault that must be mended was left out.
       *[other] Only the clean rows were loaded: the rows or ties of { $count } faults that must be mended were left out.
    }
load-standing-standing = In force
load-standing-undone = Undone
load-standing-undo = An undo
load-standing-not-applied = Not written
load-scope-complete = Complete
load-scope-partial = Partial
load-scope-clean = Partial (clean rows only)
load-undo = Undo the last load
load-undo-ask = Undoing { WHEN($round) } (loaded { WHEN($at) }) makes the changes below. Undo it?
load-undo-yes = Undo it
load-undone = The load of { WHEN($round) } was undone.
load-compare = Compare two rounds
load-compare-before = Earlier round
load-compare-after = Later round
load-compare-do = Compare
load-same-rounds = No changes.

kept = Saved views
kept-name = Save this picture as
kept-example = e.g. October visits
kept-name-hint = Everybody sees the name: no members' names, please.
kept-save = Save the view
kept-saved = Saved “{ $name }” ({ $count } things).
kept-none = No view has been saved yet.
kept-of = { $count } things · { $author } · { $written }
kept-open = Open
kept-replace = Write over
kept-replace-hint = Replace the chosen view with the present picture
kept-delete = Delete
kept-delete-sure = Really delete
kept-deleted = Deleted “{ $name }”.
kept-new-name = New name
kept-rename = Rename
kept-renamed = Renamed to “{ $name }”.
kept-gone = { $count } things of this view are not in the present data any more: { $kinds }.
kept-newer = { $count } neighbours that came since are not shown yet; “{ $button }” shows them.
kept-all-gone = Nothing of the view “{ $name }” is in the present data any more, so it cannot be opened. You can delete it.
match-title = Columns: { $count ->
    [one] one kind of table has
   *[other] { $count } kinds of tables have
} to be confirmed
match-hint = The headings of these tables are not those of the template. Look at what the system thinks, correct what is wrong, then press “{ match-answer }”. The answer is remembered: later tables with the same headings are not asked about.
match-form = This table is
match-thought = The system's view: { $sure }; or else { $other }.
match-thought-only = The system's view: { $sure }.
match-answer = Confirm and read
match-answer-all = Confirm these { $count } tables and read them
match-read = Tables that were read by matched columns ({ $count })
match-sure = Columns that are sure ({ $count })
match-private = Private, never kept: { $headings }
match-band = The branch in a row across the table, or above it (“{ $branch }” …), is that of the rows below

rates-reading = Work coverage counts what the guidance names (General Office document 2012 no. 11): a branch, an instructor or liaison, a trade union or youth league organisation. Joint meetings, co-building pairs and having members are other contact, shown beside and not counted: the rate is therefore lower than when they were.
rates-told = What is counted
rates-beside = { $name }: { $count } (not counted)
rates-other-reading = Work coverage of { $rounds } was counted by the former reading and does not compare: it is not drawn. Loading the round again counts it by the present one.
rates-part-pick = Select a row to list its units.
rates-part-list = { $name }: units
company-contact = Other contact
company-due = Due an own branch
norms-todays = Measure by today's norms
norms-todays-help = The norms of { $count } rules hold only from after the date that counts; switched off, their gaps are left out.
norms-which = Which norms apply
norms-ahead = Measured by today's norms: those of { $count } rules hold only from after { $month }
norms-waiting = Measured by the norms of { $month }: { $count } rules were not yet in force, and are not counted
norms-off = Rules that are switched off here: { $rules }
filter-nature = Kind
filter-nature-help = With none chosen, what is missing or not as the norm says; questions to the data stand apart and are no problems.
overview-data-apart = Questions to the data ask for a check of what was surveyed; they are not in the figures above, nor in the monthly pack.

place-choose = Place
place-all = { $name } (all)
place-compare = Sub-districts and areas compared
place-compare-hint = Choose a row to see that place alone. A unit or problem of several areas counts in each of them, and once in their sub-district.
place-open = Show this place
place-problems = Problems
place-gaps = { $count } { $count ->
    [one] problem
   *[other] problems
}
link-unknown-place = The sub-district or area that the link names is not in the present data: all of it is shown.
filter-whole = { $name } (whole sub-district)

below-title = Organisations below
below-hint = Each row counts the organisation itself and all levels below it, the sum without this organisation; problems are those of organisations, not of members and units.
below-name = Organisation
below-level = Level
below-committees = Committees and general branches
below-branches = Branches
below-groups = Groups
below-members = Members
below-problems = Problems
below-sum = Sum
# Registers
page-register = Register
register-ready = Ready registers
register-own = My choice
register-kind = Kind of thing
register-search = Search
register-search-hint = name, pinyin or initials
register-conditions = { $count ->
    [0] Filter
   *[other] Filter ({ $count })
  }
register-columns = Columns
register-columns-which = Columns shown, in the order in which they are chosen
register-sort = Sort
register-sort-which = Sort by these columns, one after the other
register-sort-help = What was left empty comes last either way.
register-group = Group
register-by = Group by this column (rows)
register-across = and by this one (columns)
register-no-group = no grouping
register-choose = choose
register-any = any
register-empty = (empty)
register-rules = Problems
register-where-which = Filter by these columns
register-value = Value
register-up = { $column } (ascending)
register-down = { $column } (descending)
register-from = { $column } (from)
register-to = { $column } (to)
register-date-hint = e.g. 2006-10
register-way-holds = contains
register-way-is = is
register-way-empty = empty
register-way-filled = filled in
register-told-holds = { $column } contains “{ $value }”
register-told-is = { $column }: { $value }
register-told-from = { $column } from { $value }
register-told-to = { $column } to { $value }
register-told-empty = { $column } is empty
register-told-filled = { $column } is filled in
register-nothing = Nothing fits: loosen the filters.
register-count = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
  }
register-page = Page { $page } of { $pages }
register-before = Back
register-after = Next
register-open = Open its page
register-graph = Open in the graph
register-pick = Choose a row to open its page or to see it in the graph.
register-several = A thing with several values counts in each of them: the rows may add up to more than the total.
register-cut = There are more values: only the most frequent are listed.
register-title = Register: { $kind }
register-take = Export
register-take-xlsx = Excel table
register-take-csv = CSV table
register-take-docx = Word document
register-take-note = All entries, with the columns, filters and order that are shown; at most { $word } in a Word document and { $most } in a table.
