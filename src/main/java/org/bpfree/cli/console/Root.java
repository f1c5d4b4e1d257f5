package org.bpfree.cli.console;

import picocli.CommandLine.Model.CommandSpec;

/** What every command can ask of the command that holds all of them. */
public interface Root {
    /** Whether nothing but results, warnings and errors is wanted. */
    boolean quiet();

    /** Whether it is to be said which files, folders and threads are used. */
    boolean verbose();

    /** Whether errors are to say where in the program they come from. */
    boolean stackTrace();

    /** The class where the program begins, for processes of its own. */
    Class<?> mainClass();

    /** That of a command; one with all answers no where the command stands alone, as in a test. */
    static Root of(CommandSpec spec) {
        return spec.root().userObject() instanceof Root root ? root : ALONE;
    }

    /** A command by itself. */
    Root ALONE = new Root() {
        @Override
        public boolean quiet() {
            return false;
        }

        @Override
        public boolean verbose() {
            return false;
        }

        @Override
        public boolean stackTrace() {
            return false;
        }

        @Override
        public Class<?> mainClass() {
            throw new IllegalStateException("a command by itself begins no process");
        }
    };
}
