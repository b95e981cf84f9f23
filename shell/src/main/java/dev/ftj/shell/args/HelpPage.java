package dev.ftj.shell.args;

import dev.ftj.shell.args.CommandSpec.Row;
import java.util.List;

/**
 * A page of help as data: help at the terminal and the manual pages are two layouts of it.
 *
 * @param name the command, or {@code ftj} for the overview
 * @param summary one line, without a full stop
 * @param usage how a call is built, on one line
 * @param sections the tables, in order; none is empty
 * @param notes paragraphs without a title: those of the overview
 */
record HelpPage(String name, String summary, String usage, List<Section> sections, List<String> notes) {

    /**
     * A titled table.
     *
     * @param rows each a term and its description; of examples the term is a line to type
     */
    record Section(String title, List<Row> rows, boolean examples) {}

    HelpPage {
        sections =
                sections.stream().filter(section -> !section.rows().isEmpty()).toList();
    }
}
