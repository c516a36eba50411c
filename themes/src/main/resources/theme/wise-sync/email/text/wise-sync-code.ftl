<#ftl output_format="plainText">
${msg("wiseSyncEmailHello", (user.firstName)!"")}

${msg("wiseSyncCodeEmailIntro")}

    ${code}

${msg("wiseSyncCodeEmailValid", minutes)}

${msg("wiseSyncCodeEmailNotYou")}

-- 
${msg("wiseSyncEmailFooter", properties.brandName)}
