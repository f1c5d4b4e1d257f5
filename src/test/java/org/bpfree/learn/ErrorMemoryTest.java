package org.bpfree.learn;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The memory of a sweep of errors")
class ErrorMemoryTest {
    private static final int BATCH = 3;
    private static final Shape MAP = Shape.of(2, 2, 5);
    private static final Shape VECTOR = Shape.of(20);

    private final Arena shared = Arena.sharing(Precision.FLOAT32);
    private final ErrorMemory memory = new ErrorMemory(shared, BATCH);

    @Test
    @DisplayName("gives what nobody holds to the next of its shape, and to no other")
    void reuse() {
        Tensor first = memory.take("a", MAP);
        Tensor second = memory.take("b", MAP);
        assertThat(second.sharesMemoryWith(first)).isFalse();
        memory.release(first);
        assertThat(memory.take("c", VECTOR).sharesMemoryWith(first)).isFalse();
        assertThat(memory.take("d", MAP)).isSameAs(first);
        assertThat(memory.take("e", MAP).sharesMemoryWith(first)).isFalse();
        assertThat(first.shape()).isEqualTo(MAP.batched(BATCH));
    }

    @Test
    @DisplayName("keeps a tensor until its last holder lets go of it")
    void holders() {
        Tensor tensor = memory.take("a", MAP);
        memory.hold(tensor);
        memory.release(tensor);
        assertThat(memory.take("b", MAP)).isNotSameAs(tensor);
        memory.release(tensor);
        assertThat(memory.take("c", MAP)).isSameAs(tensor);
    }

    @Test
    @DisplayName("keeps a tensor while a view of it is held, whichever is let go of first")
    void views() {
        Tensor tensor = memory.take("a", MAP);
        Tensor view = memory.view(tensor, VECTOR);
        Tensor again = memory.view(view, MAP);
        assertThat(view.sharesMemoryWith(tensor)).isTrue();
        memory.release(tensor);
        memory.release(view);
        assertThat(memory.take("b", MAP).sharesMemoryWith(tensor)).isFalse();
        memory.release(again);
        assertThat(memory.take("c", MAP)).isSameAs(tensor);
    }

    @Test
    @DisplayName("leaves tensors from elsewhere alone")
    void foreign() {
        Tensor foreign = Tensor.zeros(Precision.FLOAT32, MAP.batched(BATCH));
        memory.release(foreign);
        memory.hold(foreign);
        memory.release(foreign);
        assertThat(memory.take("a", MAP)).isNotSameAs(foreign);
    }

    @Test
    @DisplayName("takes no more than the most that is held at a time")
    void byteSize() {
        for (int node = 0; node < 50; node++) {
            Tensor error = memory.take("node" + node, MAP);
            Tensor part = memory.take("part" + node, MAP);
            memory.release(error);
            memory.release(part);
        }
        assertThat(shared.byteSize()).isEqualTo(2 * BATCH * MAP.size() * Float.BYTES);
    }

    @Test
    @DisplayName("shares nothing in an arena that keeps everything")
    void keepingAll() {
        Arena arena = new Arena(Precision.FLOAT32);
        ErrorMemory keeping = new ErrorMemory(arena, BATCH);
        Tensor first = keeping.take("a", MAP);
        keeping.release(first);
        assertThat(keeping.take("b", MAP).sharesMemoryWith(first)).isFalse();
        assertThat(arena.batch("a", BATCH, MAP).sharesMemoryWith(first)).isTrue();
    }
}
