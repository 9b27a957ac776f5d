;;; flycheck.el --- Where `flycheck-next-error' leads -*- lexical-binding: t -*-

(find-file (getenv "PLAN"))
(flycheck-mode)
(flycheck-buffer)
(wait-until (lambda () (not (flycheck-running-p))))
(dolist (problem flycheck-current-errors)
  (princ (format "%s %s\n" (flycheck-error-level problem) (flycheck-error-id problem))))
(goto-char (point-min))
(note-places #'flycheck-next-error)
