"""One deed of Python's ftplib: host port account password tls active deed remote local."""
import ftplib
import os
import ssl
import sys

host, port, account, password, tls, active, deed, remote, local = sys.argv[1:]
if tls == "tls":
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    ftp = ftplib.FTP_TLS(context=context, timeout=20)
else:
    ftp = ftplib.FTP(timeout=20)
ftp.connect(host, int(port))
ftp.login(account, password)
if tls == "tls":
    ftp.prot_p()
if active == "active":
    ftp.set_pasv(False)
if deed == "list":
    ftp.retrlines("LIST " + remote)
elif deed == "get":
    with open(local, "wb") as file:
        ftp.retrbinary("RETR " + remote, file.write)
elif deed == "put":
    with open(local, "rb") as file:
        ftp.storbinary("STOR " + remote, file)
elif deed == "go-on-get":
    with open(local, "ab") as file:
        ftp.retrbinary("RETR " + remote, file.write, rest=file.tell())
elif deed == "go-on-put":
    with open(local, "rb") as file:
        ftp.voidcmd("TYPE I")  # Or SIZE counts as in type A.
        there = ftp.size(remote)
        file.seek(there)
        ftp.storbinary("STOR " + remote, file, rest=there)
elif deed == "rename":
    ftp.rename(remote, local)
elif deed == "delete":
    ftp.delete(remote)
else:
    sys.exit("no such deed: " + deed)
ftp.quit()
