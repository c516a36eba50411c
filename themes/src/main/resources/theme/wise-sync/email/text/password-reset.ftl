<#ftl output_format="plainText">
${msg("wiseSyncMailHello", (user.firstName)!"")}

${msg("wiseSyncResetIntro", properties.brandName, (user.username)!"")}

${link}

${msg("wiseSyncMailLinkGood", linkExpirationFormatter(linkExpiration))}

${msg("wiseSyncResetNotYou")}

-- 
${msg("wiseSyncMailFooter", properties.brandName)}
