;;; eglot.el --- Where `flymake-goto-next-error' leads -*- lexical-binding: t -*-

(find-file (getenv "PLAN"))
(call-interactively #'eglot)
(wait-until (lambda () (flymake-diagnostics)))
(let ((flymake-wrap-around nil))
  (note-places (lambda () (flymake-goto-next-error 1 nil 'interactive))))
