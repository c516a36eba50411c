<#ftl output_format="plainText">
${msg("wiseSyncMailHello", (user.firstName)!"")}

${msg("wiseSyncVerifyIntro", properties.brandName, (user.username)!"")}

${link}

${msg("wiseSyncMailLinkGood", linkExpirationFormatter(linkExpiration))}

${msg("wiseSyncVerifyNotYou")}

-- 
${msg("wiseSyncMailFooter", properties.brandName)}
