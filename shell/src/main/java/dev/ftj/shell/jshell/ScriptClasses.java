package dev.ftj.shell.jshell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;

/** The classes of a script, in memory: the compiler writes them, and reads those of the part before. */
final class ScriptClasses extends ForwardingJavaFileManager<JavaFileManager> {
    static final String PACKAGE = "script";

    private final Map<String, ClassFile> files = new LinkedHashMap<>();
    private final Loader loader = new Loader();

    ScriptClasses(JavaFileManager platform) {
        super(platform);
    }

    Class<?> load(String simpleName) throws ClassNotFoundException {
        return loader.loadClass(PACKAGE + "." + simpleName);
    }

    @Override
    public Iterable<JavaFileObject> list(Location location, String packageName, Set<Kind> kinds, boolean recurse)
            throws IOException {
        if (!packageName.equals(PACKAGE)) {
            return super.list(location, packageName, kinds, recurse);
        }
        return location == StandardLocation.CLASS_PATH && kinds.contains(Kind.CLASS)
                ? new ArrayList<>(files.values())
                : List.of();
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
        return file instanceof ClassFile own ? own.name : super.inferBinaryName(location, file);
    }

    @Override
    public boolean isSameFile(FileObject a, FileObject b) {
        return a.equals(b) || (!(a instanceof SimpleJavaFileObject) && super.isSameFile(a, b));
    }

    @Override
    public JavaFileObject getJavaFileForOutput(Location location, String name, Kind kind, FileObject sibling) {
        ClassFile file = new ClassFile(name);
        files.put(name, file);
        return file;
    }

    private final class Loader extends ClassLoader {
        Loader() {
            super(ScriptClasses.class.getClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            ClassFile file = files.get(name);
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, file.bytes, 0, file.bytes.length);
        }
    }

    private static final class ClassFile extends SimpleJavaFileObject {
        private final String name;
        private byte[] bytes = {};

        ClassFile(String name) {
            super(URI.create("script:/" + name.replace('.', '/') + Kind.CLASS.extension), Kind.CLASS);
            this.name = name;
        }

        @Override
        public InputStream openInputStream() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public OutputStream openOutputStream() {
            ByteArrayOutputStream memory = new ByteArrayOutputStream();
            return new FilterOutputStream(memory) {
                @Override
                public void write(byte[] part, int offset, int length) {
                    memory.write(part, offset, length);
                }

                @Override
                public void close() {
                    bytes = memory.toByteArray();
                }
            };
        }
    }
}
