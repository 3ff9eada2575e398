# ivnotes: GNU make. `make` builds, `make check` tests, `make help` lists the rest.
#
#   V=release|debug|asan|cov|fuzz   what to build, into $(BUILD)/$(V)
#   CC CFLAGS CPPFLAGS LDFLAGS      yours, added after ours
#   DEVELOPER=1                     warnings are errors
#   VERBOSE=1                       print whole command lines
#   DESTDIR PREFIX                  where install and uninstall put things
#   T="tests/cases/rules ..."       only these tests

VERSION := 0.1.0
SOVERSION := 0

BUILD ?= build
V ?= release
B := $(BUILD)/$(V)
PREFIX ?= /usr/local
bindir ?= $(PREFIX)/bin
libdir ?= $(PREFIX)/lib
includedir ?= $(PREFIX)/include
mandir ?= $(PREFIX)/share/man
bashdir ?= $(PREFIX)/share/bash-completion/completions
zshdir ?= $(PREFIX)/share/zsh/site-functions
fishdir ?= $(PREFIX)/share/fish/vendor_completions.d
PKG_CONFIG ?= pkg-config
INSTALL ?= install
FUZZ_SECONDS ?= 60
SIZES ?= 300 10000 100000

# --- deps first -------------------------------------------------------------------------------
# What pkg-config says is read while make parses this file. On a fresh machine it says nothing
# until `deps` has run, so every goal beside `deps` gets a make of its own afterwards.
ifneq ($(filter deps,$(MAKECMDGOALS)),)
AFTER := $(filter-out deps,$(MAKECMDGOALS))
.NOTPARALLEL:
.PHONY: deps $(AFTER)
deps:
	@tests/deps/install
$(AFTER): deps
	@$(MAKE) --no-print-directory $@
else

# --- compiler and libraries -------------------------------------------------------------------
PKGS := libcmark libgit2 libpcre2-8 sqlite3 yaml-0.1 jansson zlib libutf8proc
TESTGOALS := check check-all unit cases lint tests
NOLIBS := help clean dist uninstall format
GOALS := $(or $(MAKECMDGOALS),all)
ifneq ($(filter-out $(NOLIBS),$(GOALS)),)
WANTED := $(PKGS) $(if $(filter $(TESTGOALS),$(GOALS)),cmocka)
MISSING := $(shell PKG_CONFIG='$(PKG_CONFIG)' tests/deps/missing $(WANTED))
ifneq ($(MISSING),)
$(error missing packages: $(MISSING); install them with 'make deps')
endif
PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PKGS))
PKG_LIBS := $(shell $(PKG_CONFIG) --libs $(PKGS))
endif

ifeq ($(V),release)
VFLAGS := -O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong
else ifeq ($(V),debug)
VFLAGS := -O0 -g3
else ifeq ($(V),asan)
VFLAGS := -O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=all -fsanitize=address,undefined
else ifeq ($(V),cov)
VFLAGS := -O0 -g --coverage
else ifeq ($(V),fuzz)
CC := clang
VFLAGS := -O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=all \
	-fsanitize=fuzzer-no-link,address,undefined
else
$(error V is '$(V)', expected release, debug, asan, cov or fuzz)
endif

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla \
	-Wformat=2 -Wpointer-arith -Wwrite-strings -Wundef $(if $(filter 1,$(DEVELOPER)),-Werror)
STD := -std=c11 -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700
IV_CPPFLAGS := $(STD) -DIV_VERSION='"$(VERSION)"' -Iinclude -Isrc $(PKG_CFLAGS)
# One set of objects serves the static and the shared library, hence -fPIC for all.
IV_CFLAGS := $(VFLAGS) $(WARN) -fPIC -fvisibility=hidden -pthread
COMPILE = $(CC) $(IV_CPPFLAGS) $(CPPFLAGS) $(IV_CFLAGS) $(CFLAGS)
LINK = $(CC) $(IV_CFLAGS) $(CFLAGS) $(LDFLAGS)
LIBS = $(PKG_LIBS) $(LDLIBS)

ifeq ($(shell uname -s),Darwin)
SHLIB := libivnotes.$(SOVERSION).dylib
SHLINK := libivnotes.dylib
SHFLAGS = -dynamiclib -install_name $(libdir)/$(SHLIB)
else
SHLIB := libivnotes.so.$(SOVERSION)
SHLINK := libivnotes.so
SHFLAGS = -shared -Wl,-soname,$(SHLIB)
endif

# --- what there is ----------------------------------------------------------------------------
# DIRS="base note" builds a library of these folders only, while others are in pieces.
DIRS ?= *
SQL := $(sort $(wildcard src/rules/*.sql src/index/*.sql))
SCRIPTS := $(wildcard src/cmd/completion/ivnotes.*) src/cmd/init/pre-commit
# What the program carries as text; a new kind is a folder more.
EMBEDDED := $(SQL) $(sort $(wildcard src/view/letters/*.txt src/view/templates/*.md src/note/*.md) \
	$(SCRIPTS))
LIBSRC := $(sort $(filter-out src/cmd/%,$(foreach d,$(DIRS),$(wildcard src/$(d)/*.c))))
PROGSRC := $(wildcard src/main.c) $(sort $(wildcard src/cmd/*.c src/cmd/*/*.c))
UNITSRC := $(wildcard tests/unit/*.c)
FUZZSRC := $(wildcard tests/fuzz/*.c)
LIBOBJ := $(LIBSRC:%.c=$(B)/obj/%.o) $(B)/obj/gen/embedded.o $(B)/obj/gen/sources.o
PROGOBJ := $(PROGSRC:%.c=$(B)/obj/%.o)
LIB := $(B)/libivnotes.a
PROG := $(if $(wildcard src/main.c),$(B)/ivnotes)
UNITBIN := $(UNITSRC:%.c=$(B)/%)
REPLAYBIN := $(FUZZSRC:tests/fuzz/%.c=$(B)/tests/replay/%)
FUZZBIN := $(FUZZSRC:%.c=$(B)/%)
BENCHBIN := $(B)/tests/bench/generate $(B)/tests/bench/walk
MANGEN := $(patsubst %.in,$(B)/%,$(wildcard man/*.in))
MAN := $(wildcard man/*.[157]) $(MANGEN)
HEADERS := $(wildcard include/ivnotes/*.h)
# What decides how notes are read and their history is told: see base/embedded.h.
READERS := $(LIBSRC) $(sort $(filter-out src/cmd/%,$(wildcard src/*/*.h)) $(HEADERS))

.PHONY: all lib objs tests unit cases check check-all fuzz demo bench lint format \
	install uninstall dist clean help FORCE
.DELETE_ON_ERROR:
.SECONDARY:
all: lib $(PROG) $(MANGEN)
lib: $(LIB) $(B)/$(SHLIB)
objs: $(LIBOBJ) $(PROGOBJ)

help:
	@sed -n '2,/^$$/s/^# \{0,1\}//p' Makefile
	@echo 'goals: all deps demo check check-all lint format bench install uninstall dist clean'

say = $(if $(filter 1,$(VERBOSE)),,@printf '  %-5s %s\n' $1 $(@:$(B)/%=%);)

# --- building ---------------------------------------------------------------------------------
# Stamps: rewritten only when their text changes, so that new flags rebuild everything and a
# removed source file relinks.
$(B)/flags: export STAMP = $(COMPILE) $(LINK) $(LIBS)
$(B)/sources: export STAMP = $(LIBSRC) $(PROGSRC) $(EMBEDDED)
$(B)/flags $(B)/sources: FORCE
	@mkdir -p $(@D); printf '%s\n' "$$STAMP" | cmp -s - $@ || printf '%s\n' "$$STAMP" >$@

$(B)/obj/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(call say,CC) $(COMPILE) -MMD -MP -c -o $@ $<

$(B)/obj/gen/%.o: $(B)/gen/%.c $(B)/flags
	@mkdir -p $(@D)
	$(call say,CC) $(COMPILE) -MMD -MP -c -o $@ $<

$(B)/gen/embedded.c: src/embed.sh $(EMBEDDED) $(B)/sources
	@mkdir -p $(@D)
	$(call say,EMBED) sh src/embed.sh $(EMBEDDED) >$@

$(B)/gen/sources.c: $(READERS) $(B)/sources
	@mkdir -p $(@D)
	$(call say,EMBED) printf '#include "base/embedded.h"\n\nconst char iv_sources[] = "%s";\n' \
		"$$(cat $(READERS) | cksum | cut -d ' ' -f 1)" >$@

$(LIB): $(LIBOBJ) $(B)/sources
	@rm -f $@
	$(call say,AR) $(AR) rcs $@ $(LIBOBJ)

$(B)/$(SHLIB): $(LIBOBJ) $(B)/sources
	$(call say,LINK) $(LINK) $(SHFLAGS) -o $@ $(LIBOBJ) $(LIBS)
	@ln -sf $(SHLIB) $(B)/$(SHLINK)

$(B)/ivnotes: $(PROGOBJ) $(LIB)
	$(call say,LINK) $(LINK) -o $@ $(PROGOBJ) $(LIB) $(LIBS)

$(B)/obj/tests/%.o: IV_CPPFLAGS += -Itests/lib $(shell $(PKG_CONFIG) --cflags cmocka 2>/dev/null)

$(UNITBIN): $(B)/%: $(B)/obj/%.o $(LIB)
	@mkdir -p $(@D)
	$(call say,LINK) $(LINK) -o $@ $^ $(LIBS) $(shell $(PKG_CONFIG) --libs cmocka)

$(REPLAYBIN): $(B)/tests/replay/%: $(B)/obj/tests/fuzz/%.o $(B)/obj/tests/lib/replay.o $(LIB)
	@mkdir -p $(@D)
	$(call say,LINK) $(LINK) -o $@ $^ $(LIBS)

$(FUZZBIN): $(B)/%: $(B)/obj/%.o $(LIB)
	@mkdir -p $(@D)
	$(call say,LINK) $(LINK) -fsanitize=fuzzer -o $@ $^ $(LIBS)

$(BENCHBIN): $(B)/%: $(B)/obj/%.o
	@mkdir -p $(@D)
	$(call say,LINK) $(LINK) -o $@ $^

-include $(LIBOBJ:.o=.d) $(PROGOBJ:.o=.d) $(wildcard $(B)/obj/tests/*/*.d)

# The page of the rules is made of the rules' own headers.
$(MANGEN): $(B)/man/%: man/%.in src/rules/page.sh src/rules/page.awk $(SQL) $(B)/sources
	@mkdir -p $(@D)
	$(call say,MAN) sh src/rules/page.sh $< $(filter src/rules/%,$(SQL)) >$@

# --- tests ------------------------------------------------------------------------------------
QUOTED = '$(subst ','\'',$(IV_CPPFLAGS) $(CPPFLAGS))'
RUN = BUILD='$(BUILD)' V=$(V) IV_B='$(B)' IV_PROG='$(PROG)' IV_CC='$(CC)' IV_CPPFLAGS=$(QUOTED) \
	tests/run $(RUNOPT)

tests: $(UNITBIN) $(REPLAYBIN)

check: all tests
	@$(RUN) $(or $(T),tests)

# The tests of T alone, built as far as they need it.
unit: $(if $(T),$(patsubst %.c,$(B)/%,$(filter %.c,$(T))),$(UNITBIN))
	@$(RUN) $(or $(T),tests/unit)

cases: $(PROG)
	@$(RUN) $(or $(T),tests/cases)

# MAKE_COMMAND: a line that names $(MAKE) would run even for `make -n`.
check-all: check
	FUZZ_SECONDS=$(FUZZ_SECONDS) tests/check-all '$(MAKE_COMMAND)' '$(BUILD)'

fuzz: $(FUZZBIN)
	FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz-all $(FUZZBIN)

demo: all
	@tests/demo $(PROG)

bench: all $(BENCHBIN)
	@tests/bench/run $(PROG) $(BENCHBIN) $(BUILD) $(SIZES)

lint:
	@IV_CPPFLAGS=$(QUOTED) tests/lint

format:
	git ls-files -co --exclude-standard '*.c' '*.h' | xargs clang-format -i

# --- install and distribute -------------------------------------------------------------------
$(B)/ivnotes.pc: src/ivnotes.pc.in FORCE
	@mkdir -p $(@D)
	@sed -e 's|@prefix@|$(PREFIX)|' -e 's|@libdir@|$(libdir:$(PREFIX)/%=$${prefix}/%)|' \
		-e 's|@includedir@|$(includedir:$(PREFIX)/%=$${prefix}/%)|' \
		-e 's|@version@|$(VERSION)|' -e 's|@requires@|$(PKGS)|' src/ivnotes.pc.in >$@

install: all $(B)/ivnotes.pc
	$(INSTALL) -d $(DESTDIR)$(bindir) $(DESTDIR)$(libdir)/pkgconfig \
		$(DESTDIR)$(includedir)/ivnotes
	$(if $(PROG),$(INSTALL) -m 755 $(PROG) $(DESTDIR)$(bindir))
	$(INSTALL) -m 644 $(LIB) $(DESTDIR)$(libdir)
	$(INSTALL) -m 755 $(B)/$(SHLIB) $(DESTDIR)$(libdir)
	ln -sf $(SHLIB) $(DESTDIR)$(libdir)/$(SHLINK)
	$(INSTALL) -m 644 $(B)/ivnotes.pc $(DESTDIR)$(libdir)/pkgconfig
	$(if $(HEADERS),$(INSTALL) -m 644 $(HEADERS) $(DESTDIR)$(includedir)/ivnotes)
	for m in $(MAN); do s=$${m##*.}; $(INSTALL) -d $(DESTDIR)$(mandir)/man$$s && \
		$(INSTALL) -m 644 $$m $(DESTDIR)$(mandir)/man$$s || exit 1; done

	$(INSTALL) -d $(DESTDIR)$(bashdir) $(DESTDIR)$(zshdir) $(DESTDIR)$(fishdir)
	$(INSTALL) -m 644 src/cmd/completion/ivnotes.bash $(DESTDIR)$(bashdir)/ivnotes
	$(INSTALL) -m 644 src/cmd/completion/ivnotes.zsh $(DESTDIR)$(zshdir)/_ivnotes
	$(INSTALL) -m 644 src/cmd/completion/ivnotes.fish $(DESTDIR)$(fishdir)/ivnotes.fish

uninstall:
	rm -f $(DESTDIR)$(bindir)/ivnotes $(DESTDIR)$(libdir)/pkgconfig/ivnotes.pc
	rm -f $(addprefix $(DESTDIR)$(libdir)/,libivnotes.a $(SHLIB) $(SHLINK))
	rm -f $(HEADERS:include/%=$(DESTDIR)$(includedir)/%)
	for m in $(MAN); do rm -f $(DESTDIR)$(mandir)/man$${m##*.}/$${m##*/}; done
	rm -f $(DESTDIR)$(bashdir)/ivnotes $(DESTDIR)$(zshdir)/_ivnotes
	rm -f $(DESTDIR)$(fishdir)/ivnotes.fish
	-rmdir $(DESTDIR)$(includedir)/ivnotes

# The same commit gives the same bytes: git takes times and order from the commit, gzip none.
dist:
	@mkdir -p $(BUILD)
	git archive --format=tar --prefix=ivnotes-$(VERSION)/ HEAD | gzip -9n \
		>$(BUILD)/ivnotes-$(VERSION).tar.gz

clean:
	rm -rf $(BUILD)

endif
