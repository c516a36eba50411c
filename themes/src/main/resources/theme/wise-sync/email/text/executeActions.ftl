<#ftl output_format="plainText">
${msg("wiseSyncMailHello", (user.firstName)!"")}

${msg("wiseSyncInviteIntro", properties.brandName, (user.username)!"")}

${link}

${msg("wiseSyncMailLinkGood", linkExpirationFormatter(linkExpiration))}

${msg("wiseSyncInviteNotYou")}

-- 
${msg("wiseSyncMailFooter", properties.brandName)}
