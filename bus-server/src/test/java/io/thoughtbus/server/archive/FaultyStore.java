package io.thoughtbus.server.archive;

import java.util.List;
import java.util.function.UnaryOperator;

/** A store that does what another one does, or something else. */
class FaultyStore implements SegmentStore {
    private final SegmentStore store;

    FaultyStore(SegmentStore store) {
        this.store = store;
    }

    /** Which namespace another one is taken for. */
    protected String of(String namespace) {
        return namespace;
    }

    /** Called before and after everything that is done. */
    protected void step() {}

    @Override
    public List<SegmentName> list(String namespace) {
        step();
        return store.list(of(namespace));
    }

    @Override
    public long size(String namespace, SegmentName name) {
        return store.size(of(namespace), name);
    }

    @Override
    public byte[] read(String namespace, SegmentName name, long offset, int length) {
        step();
        return store.read(of(namespace), name, offset, length);
    }

    @Override
    public boolean create(String namespace, SegmentName name, byte[] content) {
        step();
        boolean created = store.create(of(namespace), name, content);
        step();
        return created;
    }

    @Override
    public void delete(String namespace, SegmentName name) {
        step();
        store.delete(of(namespace), name);
        step();
    }

    /** Makes stores that fail after so many steps. */
    record Failing(int steps) implements UnaryOperator<SegmentStore> {
        @Override
        public SegmentStore apply(SegmentStore store) {
            return new FaultyStore(store) {
                private int left = steps;

                @Override
                protected void step() {
                    if (left-- == 0) {
                        throw new ArchiveUnavailableException("died", new IllegalStateException("died"));
                    }
                }
            };
        }
    }
}
