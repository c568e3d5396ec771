module aio

go 1.26
