package org.bpfree.learn;

import java.util.function.BiFunction;

/**
 * A provider that says what it is once, when it is made: most of an announcement.
 *
 * @param <S> the settings record
 */
public abstract class TypedProvider<S extends LearnerSettings> implements LearnerProvider<S> {
    private final Class<S> settings;
    private final String summary;
    private final String source;
    private final BiFunction<S, LearnerContext, Learner> factory;

    /**
     * A provider.
     *
     * @param summary one line that says what the learner does
     * @param source where it was published
     * @param factory makes the learner
     */
    protected TypedProvider(
            Class<S> settings, String summary, String source, BiFunction<S, LearnerContext, Learner> factory) {
        this.settings = settings;
        this.summary = summary;
        this.source = source;
        this.factory = factory;
    }

    @Override
    public final Class<S> settings() {
        return settings;
    }

    @Override
    public final String summary() {
        return summary;
    }

    @Override
    public final String source() {
        return source;
    }

    @Override
    public final Learner create(S chosen, LearnerContext context) {
        return factory.apply(chosen, context);
    }
}
