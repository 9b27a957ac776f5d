;;; compilation.el --- Where `next-error' leads -*- lexical-binding: t -*-

(find-file (getenv "PLAN"))
(let ((compilation (lint-migration-plan)))
  (wait-until (lambda () (not (get-buffer-process compilation)))))
(note-places #'next-error)
