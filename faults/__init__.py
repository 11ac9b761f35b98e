"""What the office must survive: errors of the disk, kills at every call, power cuts; each really made, its outcome checked.

A receipt is handed out only after document, entry and tree are durable. Here a paper is taken in again and again, each
time with one fault at one instant. Then the office is opened and hashed again: every receipt that was handed out must be
there to the byte, nothing may be at fault, and the next paper must be taken in.
"""
