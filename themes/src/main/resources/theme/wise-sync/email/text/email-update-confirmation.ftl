<#ftl output_format="plainText">
${msg("wiseSyncMailHello", (user.firstName)!"")}

${msg("wiseSyncNewEmailIntro", properties.brandName, (user.username)!"")}

${link}

${msg("wiseSyncMailLinkGood", linkExpirationFormatter(linkExpiration))}

${msg("wiseSyncNewEmailNotYou")}

-- 
${msg("wiseSyncMailFooter", properties.brandName)}
