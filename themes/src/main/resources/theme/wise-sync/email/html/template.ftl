<#-- Tables and inline styles, because email clients support little else. Light and dark are up to the client, except for the brand colour. -->
<#-- Long words do not widen the email; word-break is for clients that do not know overflow-wrap:anywhere. -->
<#assign breaks = "word-break:break-word;overflow-wrap:anywhere;">
<#macro emailLayout>
<!DOCTYPE html>
<html lang="${locale.language}" dir="${(ltr)?then('ltr','rtl')}">
<head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <style>
        @media (prefers-color-scheme: dark) {
            .brand { color: ${properties.brandColorDark} !important; border-color: ${properties.brandColorDark} !important; }
            .button { color: ${properties.brandOnColorDark} !important; background: ${properties.brandColorDark} !important; }
        }
    </style>
    <title>${subject!properties.brandName}</title>
</head>
<body style="margin:0;padding:24px 12px;font-family:'Segoe UI',Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5;">
<div role="main">
<table role="presentation" align="center" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;table-layout:fixed;">
    <tr><td class="brand" style="${breaks}padding:0 0 16px;border-bottom:3px solid ${properties.brandColor};font-size:20px;font-weight:bold;color:${properties.brandColor};"><h1 style="margin:0;font-size:inherit;">${properties.brandName}</h1></td></tr>
    <tr><td style="padding:20px 0;${breaks}"><#nested></td></tr>
    <tr><td style="${breaks}padding:16px 0 0;border-top:1px solid #c8d0d8;font-size:13px;">${msg("wiseSyncEmailFooter", properties.brandName)}</td></tr>
</table>
</div>
</body>
</html>
</#macro>

<#macro button href label>
<p style="margin:24px 0;"><a class="button" href="${href}" style="display:inline-block;padding:10px 20px;border-radius:4px;background:${properties.brandColor};color:${properties.brandOnColor};text-decoration:none;font-weight:bold;">${label}</a></p>
<p style="font-size:13px;">${msg("wiseSyncEmailLinkPlain")}<br><a class="brand" href="${href}" style="color:${properties.brandColor};word-break:break-all;">${href}</a></p>
</#macro>
